internal import Base
internal import DemandResponse
internal import Hummingbird
internal import SocketIO

/// Questions to the rules: what is used of limits, and what would be decided.
extension DispatchAPI {
    func addLimits(to router: Router<Context>) {
        router.get("/program/:id/limits") { request, context in try await limits(request, context) }
    }

    private func limits(_ request: Request, _ context: Context) async throws -> Response {
        try QueryReader(request).check()
        let id = try integer("id", context)
        return try await asking { rules, now in
            guard let use = rules.use(of: id, at: now) else { throw APIError.notFound("there is no program \(id)") }
            var json = JSONWriter(capacity: 2_048)
            json.use(use, at: now)
            return Response(json: json)
        }
    }

    /// What `POST /incident` would come to, of which nothing is kept and nobody told.
    func preview(_ incident: IncidentRequest, zone: String) async throws -> Response {
        try await asking { rules, now in
            var trial = rules
            var json = JSONWriter(capacity: 2_048)
            json.preview(trial.handle(.incidentRequested(incident, nil), at: now), incident, zone: zone)
            return Response(json: json)
        }
    }

    /// Has the rules asked on the engine's thread, after all that was submitted before.
    private func asking(
        _ question: @escaping @Sendable (any DispatchRules, Timestamp) throws -> Response
    ) async throws -> Response {
        if monitor.isDraining() { throw APIError.shuttingDown }
        return try await withCheckedThrowingContinuation { continuation in
            let isTaken = sink.ask { rules, now in
                continuation.resume(
                    with: Result {
                        guard let rules else { throw APIError.overloaded }
                        return try question(rules, now)
                    }
                )
            }
            if !isTaken { continuation.resume(throwing: APIError.overloaded) }
        }
    }
}
