internal import Base
internal import DemandResponse
internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import SocketIO

extension DispatchAPI {
    /// With an `Idempotency-Key` the incident's id derives from it, so that the same key again finds the same incident: the
    /// same answer, and no second dispatch. The key with another request is refused.
    func openIncident(_ request: Request, _ context: Context) async throws -> Response {
        var query = QueryReader(request)
        let isDryRun = query.flag("dry_run") ?? false
        try query.check()
        let body = try await body(request, context)
        var entropy = SystemRandomNumberGenerator()
        let key = request.headers[.idempotencyKey]
        let id = key.map { IncidentRequest.id(idempotencyKey: $0) } ?? UniqueID(using: &entropy)
        let program = try await reading { try body.program.flatMap { try database.readProgram($0) } }
        let incident = try body.request(id: id, correlation: context.correlation, zone: program?.timeZone)
        if isDryRun {
            return try await preview(incident, zone: program?.timeZone ?? Program.defaultTimeZone)
        }
        switch try await ask(context, { .incidentRequested(incident, $0) }) {
        case .incident(let incident):
            return answer(incident, body.fields)
        case .refused(let refusal) where refusal.code == .duplicateIncident && key != nil:
            guard let first = try await reading({ try database.readIncident(id) }) else { throw APIError(refusal) }
            return answer(first, body.fields)
        case .refused(let refusal):
            throw APIError(refusal)
        case .acknowledged, .joined, .done:
            throw APIError.wrongAnswer
        }
    }

    func incident(_ request: Request, _ context: Context) async throws -> Response {
        try QueryReader(request).check()
        let id = try identifier(context)
        guard let incident = try await reading({ try database.readIncident(id) }) else {
            throw APIError.notFound("there is no incident \(id)")
        }
        return answer(incident)
    }

    func modifyIncident(_ request: Request, _ context: Context) async throws -> Response {
        let id = try identifier(context)
        let body = try await body(request, context)
        let (current, zone) = try await reading {
            let incident = try database.readIncident(id)
            return (incident?.period, try incident.flatMap { try database.readProgram($0.program)?.timeZone })
        }
        let change = try body.change(of: id, zone: zone ?? Program.defaultTimeZone, current: current)
        return try await settle(request, context) { .incidentChanged(change, $0) }
    }

    func cancelIncident(_ request: Request, _ context: Context) async throws -> Response {
        let id = try identifier(context)
        return try await settle(request, context) { .incidentCancelled(id, $0) }
    }

    func recallIncident(_ request: Request, _ context: Context) async throws -> Response {
        let id = try identifier(context)
        return try await settle(request, context) { .incidentRecalled(id, $0) }
    }

    /// Asked for again under the same key, the incident is told as it is now.
    private func settle(
        _ request: Request,
        _ context: Context,
        _ input: @escaping @Sendable (DemandResponse.RequestID) -> Input
    ) async throws -> Response {
        try QueryReader(request).check()
        return try await once(request, context) { earlier in
            try earlier.check(isFor: input)
            return try await incident(request, context)
        } change: {
            switch try await ask(context, input) {
            case .incident(let incident): return answer(incident)
            case .refused(let refusal): throw APIError(refusal)
            case .acknowledged, .joined, .done: throw APIError.wrongAnswer
            }
        }
    }

    private func body(_ request: Request, _ context: Context) async throws -> IncidentBody {
        let buffer = try await request.body.collect(upTo: limits.bodyBytes, holding: memory, of: context.address)
        return try IncidentBody(buffer, contentType: request.headers[.contentType])
    }

    private func answer(_ incident: Incident) -> Response {
        var json = JSONWriter()
        json.incident(incident, at: clock.now())
        return Response(json: json)
    }

    /// The body's own fields first, as they were sent, then what the server adds.
    private func answer(_ incident: Incident, _ sent: JSONObject) -> Response {
        var json = JSONWriter()
        json.beginObject()
        for field in ["start_time", "end_time", "program_id", "group", "event_type", "test"] {
            guard let value = sent[field] else { continue }
            json.key(field)
            json.value(value)
        }
        json.key("createdOn")
        json.string(incident.createdAt.httpDate)
        json.key("_id")
        json.string(incident.id.description)
        json.key("correlationId")
        json.string(incident.correlation.description)
        json.endObject()
        return Response(json: json)
    }
}
