internal import NIOConcurrencyHelpers
public import NIOCore
internal import NIOHTTP1

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
    private let onExcess: @Sendable (EngineIOExcess) -> Void
    private let open = NIOLockedValueBox(Open())

    private struct Open {
        /// By their ids.
        var sessions: [String: EngineIOServerSession] = [:]
        /// How many came from each IP address.
        var counts: [String: Int] = [:]
        var newcomers = Newcomers()
        var rates: RequestRates?
        var isClosing = false

        mutating func insert(_ session: EngineIOServerSession) {
            sessions[session.id] = session
            counts[session.address, default: 0] += 1
        }

        mutating func remove(_ session: EngineIOServerSession) {
            guard sessions.removeValue(forKey: session.id) != nil else { return }
            newcomers.remove(session.id)
            let count = counts[session.address, default: 1] - 1
            counts[session.address] = count > 0 ? count : nil
        }
    }

    /// - Parameters:
    ///   - makeID: makes session ids: unguessable, 20 or more characters of base64url. Whoever knows a session's id may
    ///     poll it.
    ///   - makeTimer: what wakes up a session whose first connection is given. Called on its event loop.
    ///   - onExcess: called when somebody is refused, or has to go, because there is a limit.
    ///   - makeDelegate: makes the host of a session. Called for each session, on its event loop.
    public init(
        _ configuration: EngineIOServerConfiguration,
        makeID: @escaping @Sendable () -> String,
        makeTimer: @escaping MakeTimer = EngineIOServer.timerOfEventLoop,
        onExcess: @escaping @Sendable (EngineIOExcess) -> Void = { _ in },
        makeDelegate: @escaping @Sendable (EngineIOServerSession) -> any EngineIOServerDelegate
    ) {
        self.configuration = Shared(configuration)
        self.makeID = makeID
        self.makeTimer = makeTimer
        self.onExcess = onExcess
        self.makeDelegate = makeDelegate
    }

    /// Who sends a request: whoever is at the other end of its connection, or for whom that speaks.
    func address(of head: HTTPRequestHead, _ channel: any Channel) -> String {
        configuration.value.trustedProxies.client(
            of: channel.peer,
            forwarded: head.headers["forwarded"],
            xForwardedFor: head.headers["x-forwarded-for"]
        )
    }

    /// Why no session is opened now; `nil`: one may be.
    ///
    /// Where as many are open as may be, whoever has joined nothing yet and has been there for longest makes room.
    /// - Parameter opened: what the connection has left of its rate; made with its first session.
    func refusal(of address: String, over channel: any Channel, _ opened: inout TokenBucket?) -> EngineIOResponse? {
        let configuration = configuration.value
        let now = channel.eventLoop.now
        if let rate = configuration.handshakesPerConnection, !configuration.trustedProxies.contains(channel.peer) {
            var bucket = opened ?? TokenBucket(rate, at: now)
            defer { opened = bucket }
            if let wait = bucket.take(rate, at: now) { return tooMany(wait) }
        }
        enum Decision {
            case open(leaving: EngineIOServerSession?)
            case wait(TimeAmount)
            case full, closing
        }
        let decision: Decision = open.withLockedValue { open in
            guard !open.isClosing else { return .closing }
            if let rate = configuration.handshakesPerAddress,
                let wait = open.rates.take(address, rate, at: now)
            {
                return .wait(wait)
            }
            let isAddressFull = open.counts[address] ?? 0 >= configuration.maximumSessionsPerAddress
            guard isAddressFull || open.sessions.count >= configuration.maximumSessions else {
                return .open(leaving: nil)
            }
            guard let id = open.newcomers.oldest(from: isAddressFull ? address : nil), let session = open.sessions[id]
            else { return .full }
            open.remove(session)
            return .open(leaving: session)
        }
        switch decision {
        case .open(let session):
            if let session {
                onExcess(.sessions)
                session.eventLoop.execute { session.end(.connectTimeout) }
            }
            return nil
        case .wait(let wait): return tooMany(wait)
        case .full:
            onExcess(.sessions)
            return .full
        case .closing: return .full
        }
    }

    private func tooMany(_ wait: TimeAmount) -> EngineIOResponse {
        onExcess(.handshakes)
        return .tooMany(seconds: max(1, (wait.nanoseconds + 999_999_999) / 1_000_000_000))
    }

    /// From now on whoever asks for a session is told to come back later.
    public func refuseSessions() {
        open.withLockedValue { $0.isClosing = true }
    }

    var path: String { configuration.value.path }

    /// A session that is to be opened for a connection, on its event loop, where we are.
    /// - Parameter address: who asks for it; `nil`: who is at the other end.
    func makeSession(for channel: any Channel, of address: String? = nil) -> EngineIOServerSession {
        let eventLoop = channel.eventLoop
        let session = EngineIOServerSession(
            id: makeID(),
            server: self,
            eventLoop: eventLoop,
            address: address ?? channel.peer,
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

    /// A session that has joined nothing is the first to go where there is no room for others.
    func setNewcomer(_ session: EngineIOServerSession, _ isNewcomer: Bool) {
        open.withLockedValue { open in
            guard open.sessions[session.id] != nil else { return }
            if isNewcomer {
                open.newcomers.add(session.id, from: session.address)
            } else {
                open.newcomers.remove(session.id)
            }
        }
    }

    func forget(_ session: EngineIOServerSession) {
        open.withLockedValue { $0.remove(session) }
    }
}

/// Which limit was in somebody's way.
public enum EngineIOExcess: Sendable {
    /// As many sessions are open as may be: somebody was refused, or who had joined nothing had to go.
    case sessions
    /// Sessions are asked for too fast.
    case handshakes
}

/// Whose address nobody knows, as that of whoever comes over no socket.
package let unknownPeer = "unknown"

extension Channel {
    /// The address at the other end, without the port, so that one machine has one name.
    package var peer: String {
        guard let address = remoteAddress?.ipAddress else { return unknownPeer }
        return canonicalAddress(address) ?? address
    }
}

extension RequestRates? {
    /// What is left of a rate to an address; the rates begin with the first that asks.
    fileprivate mutating func take(_ address: String, _ limit: RateLimit, at now: NIODeadline) -> TimeAmount? {
        var rates = self ?? RequestRates(limit, at: now)
        self = nil
        defer { self = rates }
        return rates.take(address, isChange: true, at: now)
    }
}
