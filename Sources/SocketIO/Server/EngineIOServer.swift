internal import NIOConcurrencyHelpers
public import NIOCore

/// The sessions of one path, whatever event loops and connections they live on. The HTTP side of connections
/// (`EngineIOHTTPHandler`, `EngineIOServerUpgrader`) finds them here.
public final class EngineIOServer: Sendable {
    let configuration: Shared<EngineIOServerConfiguration>
    private let makeID: @Sendable () -> String
    private let makeTimer: @Sendable (any EventLoop) -> any SessionTimer
    private let makeDelegate: @Sendable (EngineIOServerSession) -> any EngineIOServerDelegate
    private let onFull: @Sendable () -> Void
    private let sessions = NIOLockedValueBox<[String: EngineIOServerSession]>([:])
    private let isClosing = NIOLockedValueBox(false)

    /// - Parameters:
    ///   - makeID: makes session ids: unguessable, 20 or more characters of base64url. Whoever knows a session's id may
    ///     poll it.
    ///   - makeTimer: what wakes up the sessions of an event loop. Called for each session, on its event loop.
    ///   - onFull: called when somebody is refused because as many sessions are open as may be.
    ///   - makeDelegate: makes the host of a session. Called for each session, on its event loop.
    public init(
        _ configuration: EngineIOServerConfiguration,
        makeID: @escaping @Sendable () -> String,
        makeTimer: @escaping @Sendable (any EventLoop) -> any SessionTimer = { EventLoopSessionTimer($0) },
        onFull: @escaping @Sendable () -> Void = {},
        makeDelegate: @escaping @Sendable (EngineIOServerSession) -> any EngineIOServerDelegate
    ) {
        self.configuration = Shared(configuration)
        self.makeID = makeID
        self.makeTimer = makeTimer
        self.onFull = onFull
        self.makeDelegate = makeDelegate
    }

    /// Whether there is room for one more session.
    func hasRoom() -> Bool {
        if isClosing.withLockedValue({ $0 }) { return false }
        let hasRoom = sessions.withLockedValue { $0.count } < configuration.value.maximumSessions
        if !hasRoom { onFull() }
        return hasRoom
    }

    /// From now on whoever asks for a session is told to come back later.
    public func refuseSessions() {
        isClosing.withLockedValue { $0 = true }
    }

    var path: String { configuration.value.path }

    /// A session that is to be opened for a connection, on its event loop, where we are.
    func makeSession(for channel: any Channel) -> EngineIOServerSession {
        let eventLoop = channel.eventLoop
        let session = EngineIOServerSession(
            id: makeID(),
            server: self,
            eventLoop: eventLoop,
            remoteAddress: channel.remoteAddress,
            timer: makeTimer(eventLoop)
        )
        session.delegate = makeDelegate(session)
        sessions.withLockedValue { $0[session.id] = session }
        return session
    }

    /// Nil if there is no such session, or not any more.
    func session(_ id: String) -> EngineIOServerSession? {
        sessions.withLockedValue { $0[id] }
    }

    func forget(_ session: EngineIOServerSession) {
        sessions.withLockedValue { _ = $0.removeValue(forKey: session.id) }
    }
}
