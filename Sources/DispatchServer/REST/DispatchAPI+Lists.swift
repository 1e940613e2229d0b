internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures
internal import Hummingbird
internal import SocketIO

/// Lists beside the first version's routes: each is a JSON array, in pages of `limit` rows that `Link` headers join.
extension DispatchAPI {
    func addLists(to router: Router<Context>) {
        router.get("/program") { request, _ in try await programs(request) }
        router.get("/customer") { request, _ in try await customers(request) }
        router.get("/incident") { request, _ in try await incidents(request) }
        router.get("/incident/:id/summary") { request, context in try await summary(request, context) }
        router.get("/incident/:id/customer") { request, context in try await participations(request, context) }
        router.get("/dispatch") { request, _ in try await dispatches(request) }
        router.get("/audit") { request, _ in try await audit(request) }
    }

    private func programs(_ request: Request) async throws -> Response {
        var query = QueryReader(request)
        let (limit, after) = (query.limit(), query.integer("after"))
        let format = query.choice("format", ExportFormat.self) ?? .json
        try query.check()
        return try await reading(.lists) {
            if format != .json { return format.programs(try database.readPrograms()) }
            let page = try database.readPrograms(after: after, limit: limit)
            return Response(page, of: request, place: { String($0.program.id) }) { $0.program($1) }
        }
    }

    private func customers(_ request: Request) async throws -> Response {
        var query = QueryReader(request)
        let (program, limit, after) = (query.integer("program"), query.limit(), query.integer("after"))
        let format = query.choice("format", ExportFormat.self) ?? .json
        try query.check()
        return try await reading(.lists) {
            if format != .json {
                return format.customers(try database.readCustomers(program: program, after: nil, limit: .max - 1).rows)
            }
            let page = try database.readCustomers(program: program, after: after, limit: limit)
            return Response(page, of: request, place: { String($0.id) }) { $0.customer($1) }
        }
    }

    private func incidents(_ request: Request) async throws -> Response {
        var query = QueryReader(request)
        let (program, limit, after) = (query.integer("program"), query.limit(), query.identifier("after"))
        let statuses = Set(query.choices("status", EventStatus.self))
        try query.check()
        let now = clock.now()
        return try await reading(.lists) {
            let page = try database.readIncidents(
                program: program,
                statuses: statuses,
                at: now,
                after: after,
                limit: limit
            )
            return Response(page, of: request, place: \.id.description) { $0.incident($1, at: now) }
        }
    }

    private func dispatches(_ request: Request) async throws -> Response {
        var query = QueryReader(request)
        var search = DispatchSearch()
        search.customer = query.integer("customer")
        search.program = query.integer("program")
        search.incident = query.identifier("incident")
        search.states = query.choices("state", DeliveryState.self)
        search.acknowledged = query.flag("acknowledged")
        let limit = query.limit()
        let after = query.text("after").map { DispatchSearch.Place($0) }
        if case .some(nil) = after { query.wrong("after", "must be the place that a Link header gave") }
        try query.check()
        return try await reading(.lists) { [search] in
            let page = try database.readDispatches(search, after: after ?? nil, limit: limit)
            return Response(page, of: request, size: 720, place: { DispatchSearch.Place($0).description }) {
                $0.dispatch($1)
            }
        }
    }

    private func audit(_ request: Request) async throws -> Response {
        var query = QueryReader(request)
        var search = AuditSearch()
        search.incident = query.identifier("incident")
        search.customer = query.integer("customer")
        search.correlation = query.identifier("correlation")
        search.since = query.integer("since")
        let (limit, after) = (query.limit(), query.integer("after"))
        let kinds = query.text("kind").map { $0.split(separator: ",").map { String($0) } } ?? []
        if kinds.count > Self.mostKinds { query.wrong("kind", "must be at most \(Self.mostKinds) names") }
        search.kinds = kinds
        try query.check()
        return try await reading(.lists) { [search] in
            let page = try database.readAudit(search, after: after, limit: limit)
            return Response(page, of: request, place: { String($0.sequence) }) { $0.auditEntry($1) }
        }
    }

    /// How many kinds of entry a search of the audit log may name.
    private static let mostKinds = 50
}

extension DispatchAPI {
    private func summary(_ request: Request, _ context: Context) async throws -> Response {
        try QueryReader(request).check()
        let id = try identifier(context)
        guard let summary = try await reading(.lists, { try database.readSummary(of: id) }) else {
            throw APIError.notFound("there is no incident \(id)")
        }
        var json = JSONWriter(capacity: 1_024)
        json.summary(summary, at: clock.now())
        return Response(json: json)
    }

    private func participations(_ request: Request, _ context: Context) async throws -> Response {
        let id = try identifier(context)
        var query = QueryReader(request)
        let standings = Set(query.choices("state", Standing.self))
        let (limit, after) = (query.limit(), query.integer("after"))
        try query.check()
        return try await reading(.lists) {
            let page = try database.readParticipations(in: id, standings: standings, after: after, limit: limit)
            guard let page else { throw APIError.notFound("there is no incident \(id)") }
            return Response(page, of: request, place: { String($0.customer) }) { $0.participation($1) }
        }
    }
}
