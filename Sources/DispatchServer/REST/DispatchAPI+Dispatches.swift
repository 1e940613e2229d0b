internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Hummingbird
internal import SocketIO

extension DispatchAPI {
    func acknowledged(_ context: Context) throws -> Bool {
        let text = context.parameters.get("ack") ?? ""
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default:
            throw APIError.invalid(
                "INVALID PARAMETERS",
                [.init(field: "acknowledged", message: "must be true or false, not \(text)")]
            )
        }
    }

    /// The dispatches of a customer, oldest first; `?limit=&after=` pages.
    func dispatches(_ request: Request, _ context: Context, acknowledged: Bool?) async throws -> Response {
        let id = try integer("id", context)
        var query = QueryReader(request)
        let limit = query.integer("limit", in: 1...QueryReader.mostRows) ?? QueryReader.mostRows
        let after = query.identifier("after")
        try query.check()
        return try await reading(.dispatches) {
            guard try database.readCustomer(id) != nil else { throw APIError.notFound("there is no customer \(id)") }
            let rows = try database.readDispatches(of: id, acknowledged: acknowledged, after: after, limit: limit)
            var json = JSONWriter(capacity: 640 * (rows.count + 1))
            json.beginArray()
            for row in rows { json.dispatch(row) }
            json.endArray()
            return Response(json: json)
        }
    }

    func purge(_ request: Request, _ context: Context) async throws -> Response {
        guard allowsPurge else {
            throw APIError(
                status: .forbidden,
                code: "purge-disabled",
                message: "this server was not started with --allow-purge"
            )
        }
        var query = QueryReader(request)
        let value = query.text("all")
        if let value, !["0", "1"].contains(value) { query.wrong("all", "must be 1, or 0 as if it were absent") }
        try query.check()
        let all = value == "1"
        return try await once(request, context) { earlier in
            try earlier.check(isFor: { .purged(all: all, $0) })
            return purged(all: all)
        } change: {
            guard case .done = try await ask(context, { .purged(all: all, $0) }) else { throw APIError.wrongAnswer }
            return purged(all: all)
        }
    }

    private func purged(all: Bool) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("purged")
        json.string(all ? "all" : "dispatches")
        json.endObject()
        return Response(json: json)
    }
}
