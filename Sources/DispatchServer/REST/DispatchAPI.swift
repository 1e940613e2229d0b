internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import SocketIO

/// The routes of the first version, kept or mended, and what stands beside them.
struct DispatchAPI: Sendable {
    typealias Context = APIContext

    let database: any ServerRecords
    let sink: any InputSink
    let answers: AnswerDesk
    let clock: any NodeClock
    let logger: Logger
    let allowsPurge: Bool
    let limits: ServerLimits
    /// `nil`: nobody is asked for a token.
    let authenticator: Authenticator?
    let monitor: ServerMonitor
    var trustedProxies = TrustedProxies()
    /// `nil`: nobody is refused.
    var denials: DenialDesk?
    /// For bodies that are on their way; `nil`: as much as each may be long.
    var memory: MemoryBudget?
    /// Where imports are kept that are on their way.
    var spoolDirectory = NSTemporaryDirectory()
    let imports = ImportGate()
    let keys = KeysUnderWay()

    func router() -> Router<Context> {
        let router = Router(context: Context.self, options: .autoGenerateHeadEndpoints)
        let routes = Router(context: Context.self, options: .autoGenerateHeadEndpoints)
        addRoutes(to: routes)
        router.add(middleware: ForwardedMiddleware(trustedProxies: trustedProxies))
        router.add(
            middleware: AnswerMiddleware(
                logger: logger,
                metrics: monitor.metrics,
                methods: AllowedMethods(routes.routes.map { ("\($0.path)", $0.method) }),
                exposedHeaders: Self.exposedHeaders.joined(separator: ", ")
            )
        )
        if let limit = limits.requests { router.add(middleware: RateMiddleware(limit, metrics: monitor.metrics)) }
        if let authenticator {
            let denials = denials ?? DenialDesk(sink: sink, logger: logger)
            router.add(middleware: AccessMiddleware(authenticator: authenticator, denials: denials))
        }
        addRoutes(to: router)
        return router
    }

    private func addRoutes(to router: Router<Context>) {
        addConsole(to: router)
        router.get("/config") { request, context in try config(request, context) }
        router.get("/customer/:id") { request, context in try await customer(request, context) }
        for path in ["/program/:id/customer", "/program/:id/customers"] as [RouterPath] {
            router.get(path) { request, context in try await program(request, context) }
        }
        router.get("/dispatch/customer/:id") { request, context in
            try await dispatches(request, context, acknowledged: nil)
        }
        router.get("/dispatch/customer/:id/:ack") { request, context in
            try await dispatches(request, context, acknowledged: try acknowledged(context))
        }
        router.post("/incident") { request, context in try await openIncident(request, context) }
        router.get("/incident/:id") { request, context in try await incident(request, context) }
        router.patch("/incident/:id") { request, context in try await modifyIncident(request, context) }
        router.delete("/incident/:id") { request, context in try await cancelIncident(request, context) }
        router.post("/incident/:id/recall") { request, context in try await recallIncident(request, context) }
        router.delete("/purge") { request, context in try await purge(request, context) }
        addLists(to: router)
        addRoster(to: router)
        addLimits(to: router)
        addDocuments(to: router)
        addMonitoring(to: router)
    }

    /// What pages of other origins may read beside the body.
    private static let exposedHeaders = ["Link", "Retry-After", HTTPField.Name.correlationID.canonicalName]

    /// Reads single rows.
    func reading<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await reading(.rows, body)
    }

    /// Reads the database away from the event loops.
    /// - Throws: 429 when too much waits to be read already.
    func reading<Value: Sendable>(
        _ lane: ReadingLane,
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await lane.run(body)
        } catch is ReadingLane.Full {
            monitor.metrics.exceeded(.reading)
            throw APIError(
                status: .tooManyRequests,
                code: "too-many-reads",
                message: "too many lists are being read already; try again in 1 s",
                retryAfter: 1
            )
        }
    }

    /// Submits an input and waits for its answer, which comes after the commit.
    func ask(_ context: Context, _ input: (DemandResponse.RequestID) -> Input) async throws -> Answer {
        if monitor.isDraining() { throw APIError.shuttingDown }
        return try await withCheckedThrowingContinuation { continuation in
            let request = answers.expect { result in continuation.resume(with: result.mapError { $0 as any Error }) }
            if !sink.submit(input(request), correlation: context.correlation, actor: context.actor) {
                answers.cancel(request) { continuation.resume(throwing: APIError.overloaded) }
            }
        }
    }

    func integer(_ name: String, _ context: Context) throws -> Int {
        let text = context.parameters.get(name) ?? ""
        guard let value = Int(text) else {
            throw APIError.invalid(
                "INVALID PARAMETERS",
                [.init(field: name, message: "must be a whole number, not \(text)")]
            )
        }
        return value
    }

    func identifier(_ context: Context) throws -> UniqueID {
        let text = context.parameters.get("id") ?? ""
        guard let id = UniqueID(text) else {
            throw APIError.invalid("INVALID PARAMETERS", [.init(field: "id", message: "must be a UUID")])
        }
        return id
    }
}

extension DispatchAPI {
    private func config(_ request: Request, _ context: Context) throws -> Response {
        try QueryReader(request).check()
        let addresses = try System.enumerateDevices().compactMap { device -> (String, String)? in
            guard let ip = device.address?.ipAddress, device.address?.protocol == .inet, ip != "127.0.0.1" else {
                return nil
            }
            return (device.name, ip)
        }
        var json = JSONWriter()
        json.beginObject()
        for (name, ip) in addresses {
            json.key(name)
            json.beginArray()
            json.string(ip)
            json.endArray()
        }
        json.key("ip")
        json.string(addresses.first?.1 ?? "127.0.0.1")
        json.key("port")
        json.string(context.port.map(String.init) ?? "")
        json.endObject()
        return Response(json: json)
    }

    private func customer(_ request: Request, _ context: Context) async throws -> Response {
        try QueryReader(request).check()
        let id = try integer("id", context)
        guard let customer = try await reading({ try database.readCustomer(id) }) else {
            throw APIError.notFound("there is no customer \(id)")
        }
        var json = JSONWriter()
        json.beginArray()
        json.customer(customer)
        json.endArray()
        return Response(json: json)
    }

    private func program(_ request: Request, _ context: Context) async throws -> Response {
        try QueryReader(request).check()
        let id = try integer("id", context)
        let found = try await reading(.lists) {
            try database.readProgram(id).map { program in
                let customers = try database.readCustomers(of: id)
                var json = JSONWriter(capacity: 256 * (customers.count + 1))
                json.program(program, customers: customers)
                return Response(json: json)
            }
        }
        guard let found else { throw APIError.notFound("there is no program \(id)") }
        return found
    }
}
