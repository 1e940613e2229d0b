internal import Base
internal import DemandResponse
internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOPosix
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
    /// `nil`: any.
    let corsOrigin: String?
    let limits: ServerLimits
    /// `nil`: nobody is asked for a token.
    let authenticator: Authenticator?
    let monitor: ServerMonitor
    let imports = ImportGate()

    func router() -> Router<Context> {
        let router = Router(context: Context.self, options: .autoGenerateHeadEndpoints)
        // Outermost, since a page of another origin may read an error only if that has the headers, too.
        router.add(
            middleware: CORSMiddleware(
                allowOrigin: corsOrigin.map { .oneOf($0) } ?? .all,
                allowHeaders: [.accept, .authorization, .contentType, .origin, .idempotencyKey],
                allowMethods: [.get, .post, .put, .head, .options, .patch, .delete],
                exposedHeaders: Self.exposedHeaders
            )
        )
        router.add(
            middleware: AnswerMiddleware(
                logger: logger,
                metrics: monitor.metrics,
                exposedHeaders: Self.exposedHeaders.joined(separator: ", ")
            )
        )
        if let limit = limits.requests { router.add(middleware: RateMiddleware(limit, metrics: monitor.metrics)) }
        if let authenticator {
            router.add(middleware: AccessMiddleware(authenticator: authenticator, sink: sink, logger: logger))
        }
        addConsole(to: router)
        router.get("/config") { _, context in try config(context) }
        router.get("/customer/:id") { _, context in try await customer(context) }
        for path in ["/program/:id/customer", "/program/:id/customers"] as [RouterPath] {
            router.get(path) { _, context in try await program(context) }
        }
        router.get("/dispatch/customer/:id") { request, context in
            try await dispatches(request, context, acknowledged: nil)
        }
        router.get("/dispatch/customer/:id/:ack") { request, context in
            try await dispatches(request, context, acknowledged: try acknowledged(context))
        }
        router.post("/incident") { request, context in try await openIncident(request, context) }
        router.get("/incident/:id") { _, context in try await incident(context) }
        router.patch("/incident/:id") { request, context in try await modifyIncident(request, context) }
        router.delete("/incident/:id") { _, context in try await cancelIncident(context) }
        router.post("/incident/:id/recall") { _, context in try await recallIncident(context) }
        router.delete("/purge") { request, context in try await purge(request, context) }
        addLists(to: router)
        addRoster(to: router)
        addLimits(to: router)
        addDocument(to: router)
        addMonitoring(to: router)
        return router
    }

    /// What pages of other origins may read beside the body.
    private static let exposedHeaders = ["Link", "Retry-After", HTTPField.Name.correlationID.canonicalName]

    /// Reads the database away from the event loops.
    func reading<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive(body)
    }

    /// Submits an input and waits for its answer, which comes after the commit.
    func ask(_ context: Context, _ input: (DemandResponse.RequestID) -> Input) async throws -> Answer {
        if monitor.isDraining() { throw APIError.shuttingDown }
        return try await withCheckedThrowingContinuation { continuation in
            let request = answers.expect { result in continuation.resume(with: result.mapError { $0 as any Error }) }
            if !sink.submit(input(request), correlation: context.correlation) {
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
    private func config(_ context: Context) throws -> Response {
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

    private func customer(_ context: Context) async throws -> Response {
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

    private func program(_ context: Context) async throws -> Response {
        let id = try integer("id", context)
        let found = try await reading {
            try database.readProgram(id).map { ($0, try database.readCustomers(of: id)) }
        }
        guard let (program, customers) = found else { throw APIError.notFound("there is no program \(id)") }
        var json = JSONWriter(capacity: 256 * (customers.count + 1))
        json.program(program, customers: customers)
        return Response(json: json)
    }
}
