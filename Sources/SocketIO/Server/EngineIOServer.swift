internal import NIOConcurrencyHelpers
public import NIOCore

/// The sessions of one path, whatever event loops and connections they live on. The HTTP side of connections
/// (`EngineIOHTTPHandler`, `EngineIOServerUpgrader`) finds them here.
public final class EngineIOServer: Sendable {
    public typealias MakeTimer = @Sendable (any Channel) -> any SessionTimer

    /// What wakes the sessions of an event loop up where nobody says otherwise.
    public static let timerOfEventLoop: MakeTimer = { EventLoopSessionTimer($0.eventLoop) }

    let configuration: Shared<EngineIOServerConfiguration>
    private let makeID: @Sendable () -> String
    private let makeTimer: MakeTimer
    private let makeDelegate: @Sendable (EngineIOServerSession) -> any EngineIOServerDelegate
    private let onFull: @Sendable () -> Void
    private let open = NIOLockedValueBox(Open())

    private struct Open {
        /// By their ids.
        var sessions: [String: EngineIOServerSession] = [:]
        /// How many came from each IP address.
        var counts: [String: Int] = [:]
        var isClosing = false

        mutating func insert(_ session: EngineIOServerSession) {
            sessions[session.id] = session
            if let address = session.remoteAddress?.ipAddress { counts[address, default: 0] += 1 }
        }

        mutating func remove(_ session: EngineIOServerSession) {
            guard sessions.removeValue(forKey: session.id) != nil, let address = session.remoteAddress?.ipAddress else {
                return
            }
            let count = counts[address, default: 1] - 1
            counts[address] = count > 0 ? count : nil
        }
    }

    /// - Parameters:
    ///   - makeID: makes session ids: unguessable, 20 or more characters of base64url. Whoever knows a session's id may
    ///     poll it.
    ///   - makeTimer: what wakes up a session whose first connection is given. Called on its event loop.
    ///   - onFull: called when somebody is refused because as many sessions are open as may be, in all or from one address.
    ///   - makeDelegate: makes the host of a session. Called for each session, on its event loop.
    public init(
        _ configuration: EngineIOServerConfiguration,
        makeID: @escaping @Sendable () -> String,
        makeTimer: @escaping MakeTimer = EngineIOServer.timerOfEventLoop,
        onFull: @escaping @Sendable () -> Void = {},
        makeDelegate: @escaping @Sendable (EngineIOServerSession) -> any EngineIOServerDelegate
    ) {
        self.configuration = Shared(configuration)
        self.makeID = makeID
        self.makeTimer = makeTimer
        self.onFull = onFull
        self.makeDelegate = makeDelegate
    }

    /// Whether there is room for one more session, of the machine at the other end of a connection.
    func hasRoom(for channel: any Channel) -> Bool {
        let address = channel.remoteAddress?.ipAddress
        let (isClosing, hasRoom) = open.withLockedValue { open in
            let own = address.flatMap { open.counts[$0] } ?? 0
            let hasRoom =
                open.sessions.count < configuration.value.maximumSessions
                && own < configuration.value.maximumSessionsPerAddress
            return (open.isClosing, hasRoom)
        }
        if !isClosing, !hasRoom { onFull() }
        return !isClosing && hasRoom
    }

    /// From now on whoever asks for a session is told to come back later.
    public func refuseSessions() {
        open.withLockedValue { $0.isClosing = true }
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
            timer: makeTimer(channel)
        )
        session.delegate = makeDelegate(session)
        open.withLockedValue { $0.insert(session) }
        return session
    }

    /// Nil if there is no such session, or not any more.
    func session(_ id: String) -> EngineIOServerSession? {
        open.withLockedValue { $0.sessions[id] }
    }

    func forget(_ session: EngineIOServerSession) {
        open.withLockedValue { $0.remove(session) }
    }
}
