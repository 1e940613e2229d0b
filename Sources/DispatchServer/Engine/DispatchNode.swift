public import Base
public import DemandResponse
public import Journal
public import Logging
public import SocketIO

/// A dispatcher as it can be started, stopped, killed and started again: engine, gateway and sessions. What drives it (a thread, a
/// virtual world), its sockets and its storage, which outlives it, come from outside.
public final class DispatchNode: Sendable {
    /// How many inputs may wait for the rules.
    private static let mostWaiting = 200_000

    public let inbox: Inbox
    public let engine: DispatchEngine
    public let gateway: RealTimeGateway
    /// The server of the sessions' transports.
    public let realTime: EngineIOServer
    public let answers: AnswerDesk
    public let outlets: Outlets

    /// How a node is set, whatever world it is in.
    public struct Settings: Sendable {
        public var sessions: SocketIOServerConfiguration
        /// How long after its end an incident takes acknowledgements; then the rules let go of its dispatches; `nil`: for ever.
        public var archiveAfter: Span?
        public var makeRules: DispatchEngine.MakeRules
        /// Called on the engine's thread with what was decided, kept and carried out, before anything else is decided.
        public var onCarriedOut: (@Sendable ([JournalEntry]) -> Void)?

        public init(
            sessions: SocketIOServerConfiguration = SocketIOServerConfiguration(),
            archiveAfter: Span? = nil,
            makeRules: @escaping DispatchEngine.MakeRules = { Dispatcher(restoring: $0) },
            onCarriedOut: (@Sendable ([JournalEntry]) -> Void)? = nil
        ) {
            self.sessions = sessions
            self.archiveAfter = archiveAfter
            self.makeRules = makeRules
            self.onCarriedOut = onCarriedOut
        }
    }

    /// Recovers what the storage holds.
    /// - Parameters:
    ///   - channels: how messages leave; methods without one have no sender.
    ///   - makeSessionID: see `EngineIOServer`; of entropy, unless the world has none.
    ///   - makeTimer: wakes sessions up; by their event loops, unless the world has an agenda.
    public convenience init(
        _ settings: Settings,
        storage: any DispatchStorage,
        channels: [DispatchMethod: any OutgoingChannel],
        clock: any NodeClock,
        logger: Logger? = nil,
        makeSessionID: @escaping @Sendable () -> String,
        makeTimer: @escaping EngineIOServer.MakeTimer
    ) throws(StoreError) {
        try self.init(
            settings,
            storage: storage,
            channels: channels,
            clock: clock,
            logger: logger,
            authenticator: nil,
            metrics: ServerMetrics(clock: clock),
            makeSessionID: makeSessionID,
            makeTimer: makeTimer
        )
    }

    init(
        _ settings: Settings,
        storage: any DispatchStorage,
        channels: [DispatchMethod: any OutgoingChannel],
        clock: any NodeClock,
        logger: Logger?,
        authenticator: Authenticator?,
        metrics: ServerMetrics,
        makeSessionID: @escaping @Sendable () -> String = SessionIDs.random,
        makeTimer: @escaping EngineIOServer.MakeTimer = EngineIOServer.timerOfEventLoop
    ) throws(StoreError) {
        inbox = Inbox(capacity: Self.mostWaiting, clock: clock)
        answers = AnswerDesk()
        gateway = RealTimeGateway(
            sink: inbox,
            answers: answers,
            clock: clock,
            authenticator: authenticator,
            metrics: metrics,
            logger: logger,
            resyncRate: settings.sessions.eventRate
        )
        realTime = EngineIOServer(
            settings.sessions,
            delegate: gateway,
            makeID: makeSessionID,
            makeTimer: makeTimer,
            onExcess: { metrics.exceeded(Excess($0)) }
        )
        outlets = Outlets(gateway: gateway, answers: answers, channels: channels, metrics: metrics, sink: inbox)
        engine = try DispatchEngine(
            storage: storage,
            makeRules: settings.makeRules,
            outlets: outlets,
            clock: clock,
            logger: logger,
            archiveAfter: settings.archiveAfter,
            onCarriedOut: settings.onCarriedOut
        )
    }

    /// The first thing that the rules hear.
    public func start() { _ = inbox.put([.handle(Submission(.started))]) }

    /// Lets go of every session, after what was submitted before.
    func closeSessions() { _ = inbox.put([.closeSessions]) }

    /// Whether nobody waits for anything: all that was submitted is kept, and carriers have taken what they were given.
    public var hasNothingUnderWay: Bool { outlets.underWayCount == 0 && inbox.isIdle }
}
