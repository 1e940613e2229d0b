public import DemandResponse
public import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
internal import SocketIO

/// The dispatcher as a server: REST and Socket.IO on one port, the rules on a thread of their own, the database behind.
public final class DispatchServer: Service {
    public struct Configuration: Sendable {
        public var host: String
        /// 0: any free one.
        public var port: Int
        public var allowsPurge: Bool
        /// Whether everybody has to show a bearer token.
        public var requiresTokens: Bool
        /// The one other origin whose pages may read the answers, as `https://console.example`; `nil`: any.
        public var corsOrigin: String?
        /// `nil`: plain HTTP.
        public var certificate: ServerCertificate?
        public var pingInterval: Span
        public var pingTimeout: Span

        public init(
            host: String = "127.0.0.1",
            port: Int = 3000,
            allowsPurge: Bool = false,
            requiresTokens: Bool = false,
            corsOrigin: String? = nil,
            certificate: ServerCertificate? = nil,
            pingInterval: Span = .seconds(25),
            pingTimeout: Span = .seconds(20)
        ) {
            self.host = host
            self.port = port
            self.allowsPurge = allowsPurge
            self.requiresTokens = requiresTokens
            self.corsOrigin = corsOrigin
            self.certificate = certificate
            self.pingInterval = pingInterval
            self.pingTimeout = pingTimeout
        }
    }

    /// How many connections may wait to be taken, if the kernel allows that many (`net.core.somaxconn`): a whole fleet connects
    /// at once, and whoever finds the queue full comes back only after seconds.
    private static let backlog = 4_096

    private let configuration: Configuration
    private let database: DispatchDatabase
    private let clock: WallClock
    private let logger: Logger
    /// The rules and the database keep one core busy; the sessions share the others.
    ///
    /// Of the whole process, and never shut down: the HTTP server's own shutdown is a task that nobody can wait for, and that
    /// still needs its event loop after `run` has returned.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, System.coreCount - 1))
    private let service: DispatchService
    private let realTime: EngineIOServer
    private let gateway: RealTimeGateway
    private let answers: AnswerDesk
    private let authenticator: Authenticator?
    private let sink: DeferredSink
    private let metrics: ServerMetrics
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - channels: how messages leave; methods without one have no sender.
    ///   - onRunning: called with the port once connections are taken.
    public init(
        _ configuration: Configuration,
        database: DispatchDatabase,
        channels: [DispatchMethod: any OutgoingChannel] = [:],
        clock: WallClock = WallClock(),
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws(StoreError) {
        self.configuration = configuration
        self.database = database
        self.clock = clock
        self.logger = logger
        self.onRunning = onRunning
        answers = AnswerDesk()
        authenticator = configuration.requiresTokens ? Authenticator(database, clock: clock) : nil
        metrics = ServerMetrics(clock: clock)
        sink = DeferredSink()
        gateway = RealTimeGateway(
            sink: sink,
            answers: answers,
            clock: { [clock] in clock.now() },
            authenticator: authenticator
        )
        var sessions = SocketIOServerConfiguration()
        sessions.engine.pingInterval = .microseconds(configuration.pingInterval.microseconds)
        sessions.engine.pingTimeout = .microseconds(configuration.pingTimeout.microseconds)
        if let origin = configuration.corsOrigin { sessions.engine.allowedOrigins = .only([origin]) }
        realTime = EngineIOServer(sessions, delegate: gateway, makeID: SessionIDs.random)
        service = try DispatchService(
            database: database,
            outlets: Outlets(gateway: gateway, answers: answers, channels: channels, metrics: metrics),
            clock: clock,
            logger: logger
        )
        sink.target = service
        let open = try database.readIncidents(statuses: [.far, .near, .active], at: clock.now(), limit: 10_000)
        metrics.begin(with: open.rows)
    }

    /// Replaces the roster, as the first thing that the rules hear.
    public func replaceRoster(_ roster: Roster) {
        _ = service.submit(.rosterReplaced(roster, nil))
    }

    /// Runs until the task is cancelled or a graceful shutdown begins; what was taken by then is handled and committed.
    public func run() async throws {
        service.start()
        defer { service.stop() }
        let realTime = realTime
        let gateway = gateway
        let plain = HTTPServerBuilder { responder in RealTimeHTTPChannel(realTime: realTime, responder: responder) }
        let builder = try configuration.certificate.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain
        let onRunning = onRunning
        let application = Application(
            router: DispatchAPI(
                database: database,
                sink: service,
                answers: answers,
                clock: clock,
                logger: logger,
                allowsPurge: configuration.allowsPurge,
                corsOrigin: configuration.corsOrigin,
                authenticator: authenticator,
                monitor: ServerMonitor(
                    metrics: metrics,
                    queueDepth: { [service] in service.queueDepth },
                    sessionCount: { gateway.openSessionCount }
                )
            ).router(),
            server: builder,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "GridDrill",
                backlog: Self.backlog
            ),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(Self.group),
            logger: logger
        )
        let service = service
        let watch = watchRevocations()
        defer { watch?.cancel() }
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            service.closeSessions()
        }
    }

    /// Closes the sessions of tokens that another process revokes, or that expire, within `revocationInterval`.
    private func watchRevocations() -> Task<Void, any Error>? {
        guard authenticator != nil else { return nil }
        let gateway = gateway
        return Task {
            while true {
                try await Task.sleep(for: Self.revocationInterval)
                try await NIOThreadPool.singleton.runIfActive { gateway.closeRevoked() }
            }
        }
    }

    private static let revocationInterval = Duration.seconds(5)

    /// Waits until every session has been said goodbye to. To be called once `run` has returned.
    public func shutDown() async throws {
        sink.target = nil
        for eventLoop in Self.group.makeIterator() { try await eventLoop.submit {}.get() }
    }
}
