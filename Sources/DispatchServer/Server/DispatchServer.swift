internal import Base
public import DemandResponse
public import DispatchStore
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Journal
public import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
internal import SocketIO

/// The dispatcher as a server: REST and Socket.IO on one port, the rules on a thread of their own, the database behind.
public final class DispatchServer: Service {
    /// How many connections may wait to be taken, if the kernel allows that many (`net.core.somaxconn`): a whole fleet connects
    /// at once, and whoever finds the queue full comes back only after seconds.
    private static let backlog = 4_096

    private let configuration: Configuration
    private let database: ServerDatabase
    private let clock: WallClock
    private let logger: Logger
    /// The rules and the database keep one core busy; the sessions share the others.
    ///
    /// Of the whole process, and never shut down: the HTTP server's own shutdown is a task that nobody can wait for, and that
    /// still needs its event loop after `run` has returned.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, System.coreCount - 1))
    private let node: DispatchNode
    private let engineThread: EngineThread
    private let connections: ConnectionGate
    private let memory: MemoryBudget
    private let authenticator: Authenticator?
    private let metrics: ServerMetrics
    private let channels: [DispatchMethod: any OutgoingChannel]
    private let isDraining = NIOLockedValueBox(false)
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - channels: how messages leave; methods without one have no sender.
    ///   - makeRules: the rules, unless they are those of this build.
    ///   - onRunning: called with the port once connections are taken.
    ///   - onCarriedOut: called with what was decided, kept and carried out, before anything else is decided.
    public init(
        _ configuration: Configuration,
        database: ServerDatabase,
        channels: [DispatchMethod: any OutgoingChannel] = [:],
        makeRules: @escaping DispatchEngine.MakeRules = { Dispatcher(restoring: $0) },
        clock: WallClock = WallClock(),
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in },
        onCarriedOut: (@Sendable ([JournalEntry]) -> Void)? = nil
    ) throws(StoreError) {
        self.configuration = configuration
        self.database = database
        self.clock = clock
        self.logger = logger
        self.onRunning = onRunning
        self.channels = channels
        authenticator = configuration.requiresTokens ? Authenticator(database, clock: clock) : nil
        metrics = ServerMetrics(clock: clock)
        connections = ConnectionGate(configuration.limits, proxies: configuration.trustedProxies, metrics: metrics)
        let unfinished = configuration.limits.unfinishedBytes
        let memory = MemoryBudget(total: unfinished, perAddress: unfinished / 4) { [metrics] in
            metrics.exceeded(.memory)
        }
        self.memory = memory
        node = try DispatchNode(
            DispatchNode.Settings(
                sessions: Self.sessions(configuration, memory),
                archiveAfter: configuration.archiveAfter,
                makeRules: makeRules,
                onCarriedOut: onCarriedOut
            ),
            storage: database,
            channels: channels,
            clock: clock,
            logger: logger,
            authenticator: authenticator,
            metrics: metrics
        )
        engineThread = EngineThread(node, clock: clock)
        metrics.begin(with: try database.readOpenIncidents(at: clock.now(), limit: 10_000))
    }

    private static func sessions(_ configuration: Configuration, _ memory: MemoryBudget) -> SocketIOServerConfiguration
    {
        var sessions = SocketIOServerConfiguration()
        sessions.engine.pingInterval = .microseconds(configuration.pingInterval.microseconds)
        sessions.engine.pingTimeout = .microseconds(configuration.pingTimeout.microseconds)
        sessions.engine.maximumQueuedBytes = configuration.limits.queuedBytes
        sessions.engine.maximumSessions = configuration.limits.connections ?? .max
        sessions.engine.maximumSessionsPerAddress = configuration.limits.connectionsPerAddress ?? .max
        sessions.engine.handshakesPerAddress = configuration.limits.handshakes
        sessions.engine.handshakesPerConnection = configuration.limits.handshakesPerConnection
        sessions.engine.trustedProxies = configuration.trustedProxies
        sessions.engine.memory = memory
        sessions.eventRate = configuration.limits.events
        return sessions
    }

    /// Replaces the roster, as the first thing that the rules hear.
    /// - Parameter actor: who asked for it, for the audit log.
    public func replaceRoster(_ roster: Roster, by actor: String? = nil) {
        _ = node.inbox.submit(.rosterReplaced(roster, nil), correlation: nil, actor: actor)
    }

    /// Runs until the task is cancelled or a graceful shutdown begins; what was taken by then is handled and committed.
    public func run() async throws {
        engineThread.start()
        defer { engineThread.stop() }
        let realTime = node.realTime
        let connections = connections
        let limits = configuration.limits.http { [metrics] in metrics.exceeded(Excess($0)) }
        let door = Door(configuration)
        let plain = HTTPServerBuilder { [metrics, logger] responder in
            RealTimeHTTPChannel(
                realTime: realTime,
                connections: connections,
                limits: limits,
                makeDoor: { DoorHandler(door, metrics: metrics, logger: logger) },
                responder: responder
            )
        }
        let builder = try configuration.certificate.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain
        let onRunning = onRunning
        let application = Application(
            router: api().router(),
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
        let node = node
        let watch = watchRevocations()
        defer { watch?.cancel() }
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            node.closeSessions()
        }
    }

    private func api() -> DispatchAPI {
        DispatchAPI(
            database: database,
            sink: node.inbox,
            answers: node.answers,
            clock: clock,
            logger: logger,
            allowsPurge: configuration.allowsPurge,
            limits: configuration.limits,
            authenticator: authenticator,
            monitor: ServerMonitor(
                metrics: metrics,
                queueDepth: { [node] in node.inbox.depth },
                sessionCount: { [node] in node.gateway.openSessionCount },
                connectionCount: { [connections] in connections.openCount },
                carriers: { [channels] in
                    DispatchMethod.allCases.compactMap { method in
                        channels[method]?.condition.map { (method, $0) }
                    }
                },
                isDraining: { [isDraining] in isDraining.withLockedValue { $0 } },
                clockDisagreement: { [clock] in clock.disagreement }
            ),
            trustedProxies: configuration.trustedProxies,
            denials: node.gateway.denials,
            memory: memory,
            spoolDirectory: URL(fileURLWithPath: database.path).deletingLastPathComponent().path
        )
    }

    /// Closes the sessions of tokens that another process revokes, or that expire, within `revocationInterval`; writes down who was
    /// refused meanwhile.
    private func watchRevocations() -> Task<Void, any Error>? {
        guard authenticator != nil else { return nil }
        let gateway = node.gateway
        return Task {
            while true {
                try await Task.sleep(for: Self.revocationInterval)
                try await NIOThreadPool.singleton.runIfActive { gateway.closeRevoked() }
                gateway.denials.flush()
            }
        }
    }

    private static let revocationInterval = Duration.seconds(5)

    /// Waits until every session has been said goodbye to. To be called once `run` has returned.
    public func shutDown() async throws {
        for eventLoop in Self.group.makeIterator() { try await eventLoop.submit {}.get() }
    }
}

// MARK: - Draining

extension DispatchServer {
    private static let drainInterval = Duration.milliseconds(10)

    /// Prepares for a graceful shutdown, which is to follow: from now on nothing is changed over REST and `/ready` says no.
    /// Returns when what was on its way to a carrier has been taken or has failed, what is known of that is on the disk, and all
    /// sessions were told; at the latest when the time is over.
    public func drain(within limit: Duration) async {
        isDraining.withLockedValue { $0 = true }
        node.gateway.denials.flush(isLast: true)
        let deadline = ContinuousClock.now + limit
        await wait(until: deadline) { node.hasNothingUnderWay }
        node.realTime.refuseSessions()
        node.closeSessions()
        await wait(until: deadline) { node.gateway.openSessionCount == 0 }
    }

    /// Looks again and again, since neither carriers nor sessions can be asked to say when they are done.
    private func wait(until deadline: ContinuousClock.Instant, _ isDone: () -> Bool) async {
        while !isDone(), ContinuousClock.now < deadline {
            do { try await Task.sleep(for: Self.drainInterval) } catch { return }
        }
    }
}
