internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Hummingbird
internal import SocketIO

extension DispatchAPI {
    static let mostRows = 10_000

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
        let (limit, after) = try page(request)
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

    private func page(_ request: Request) throws -> (limit: Int, after: UniqueID?) {
        var limit = Self.mostRows
        if let text = request.uri.queryParameters["limit"] {
            guard let value = Int(text), (1...Self.mostRows).contains(value) else {
                throw APIError.invalid(
                    "INVALID PARAMETERS",
                    [.init(field: "limit", message: "must be from 1 to \(Self.mostRows)")]
                )
            }
            limit = value
        }
        guard let text = request.uri.queryParameters["after"] else { return (limit, nil) }
        guard let after = UniqueID(String(text)) else {
            throw APIError.invalid(
                "INVALID PARAMETERS",
                [.init(field: "after", message: "must be the _id of a dispatch")]
            )
        }
        return (limit, after)
    }

    func purge(_ request: Request, _ context: Context) async throws -> Response {
        guard allowsPurge else {
            throw APIError(
                status: .forbidden,
                code: "purge-disabled",
                message: "this server was not started with --allow-purge"
            )
        }
        let all = request.uri.queryParameters["all"] == "1"
        guard case .done = try await ask(context, { .purged(all: all, $0) }) else {
            throw APIError.wrongAnswer
        }
        var json = JSONWriter()
        json.beginObject()
        json.key("purged")
        json.string(all ? "all" : "dispatches")
        json.endObject()
        return Response(json: json)
    }
}
