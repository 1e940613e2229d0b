public import NIOCore

/// A session of Engine.IO at the server's end: it stays, though what carries it may change.
///
/// It decides nothing: `EngineIOSession` does. Connections may live on other event loops; what they bring comes over to
/// this one.
///
/// `@unchecked`: all but what is constant is used on that event loop alone.
public final class EngineIOServerSession: @unchecked Sendable {
    /// Engine.IO's `sid`.
    public let id: String
    /// Where the session lives, and all its methods are to be called.
    public let eventLoop: any EventLoop
    /// Who opened it, without the port, so that one machine has one name.
    public let address: String

    let server: EngineIOServer
    private let timer: any SessionTimer
    private var timerGuard = TimerGuard()
    var machine: EngineIOSession
    /// It carries the session, or wants to.
    var webSocket: (any WebSocketLink)?
    /// The GET that waits for its answer.
    var poll: EngineIOExchange?
    /// The POST that is under way.
    var push: EngineIOExchange?
    /// Nil once the session is over.
    var delegate: (any EngineIOServerDelegate)?

    init(
        id: String,
        server: EngineIOServer,
        eventLoop: any EventLoop,
        address: String,
        timer: any SessionTimer
    ) {
        self.id = id
        self.server = server
        self.eventLoop = eventLoop
        self.address = address
        self.timer = timer
        machine = EngineIOSession(server.configuration)
    }

    /// Carries the session, where it stands on the session's own event loop.
    package var wiredHandler: (any WiredHandler)? { webSocket as? WebSocketServerHandler }

    /// Whether the session is open. What is sent to one that is not is dropped.
    public var isOpen: Bool { machine.isOpen }

    /// Not flushed.
    public func send(_ message: EngineIOMessage) {
        write(message.frame)
    }

    public func flush() {
        switch machine.transport {
        case .webSocket?: webSocket?.flush()
        case .polling?: if let answer = machine.flush() { answerPoll(answer) }
        case nil: break
        }
    }

    /// Ends the session, and whatever carries it once all is written that was sent.
    public func close(_ reason: DisconnectReason = .serverNamespaceDisconnect) {
        end(reason)
    }

    /// Writes what is a WebSocket frame, whether it goes by WebSocket or not. Not flushed.
    func write(_ frame: ByteBuffer) {
        switch machine.transport {
        case .webSocket?: webSocket?.write(frame)
        case .polling?: if !machine.write(frame) { end(.slowConsumer) }
        case nil: break
        }
    }

    func answerPoll(_ answer: ByteBuffer) {
        let exchange = poll
        poll = nil
        exchange?.respond(.packets(answer))
    }

    func received(_ packet: EngineIOPacket, over transport: EngineIOSession.Transport) {
        switch machine.received(packet, over: transport) {
        case .none: break
        case .message(let message): delegate?.session(self, received: message)
        case .answerProbe: answerProbe()
        case .upgraded(let waiting): upgraded(waiting)
        case .abandonUpgrade: abandonUpgrade()
        case .leave: if machine.leave(at: eventLoop.now) { arm() } else { end(.transportClose) }
        case .close(let reason): end(reason)
        }
    }

    /// The handshake is out.
    func opened() {
        delegate?.opened(self)
        flush()
        arm()
    }

    /// The one way in which a session ends, whoever ends it. Later calls find nothing left to do.
    func end(_ reason: DisconnectReason) {
        guard let delegate else { return }
        self.delegate = nil
        let webSocket = webSocket
        self.webSocket = nil
        switch machine.close(reason, at: eventLoop.now) {
        case .forget(let answer)?:
            server.forget(self)
            if let answer { answerPoll(answer) }
        case .linger?: arm()
        case nil: break
        }
        let push = push
        self.push = nil
        push?.respond(reason == .transportClose || reason == .serverNamespaceDisconnect ? .ok : .refused(.badRequest))
        webSocket?.close(WebSocketClosing(reason))
        delegate.session(self, closedBecause: reason)
    }
}

// MARK: - Time

extension EngineIOServerSession: TimedSession {
    public func timerFired(generation: UInt32) {
        guard timerGuard.fired(generation) else { return }
        checkTime()
        arm()
    }

    /// For whoever carries sessions in simulated time, and knows that on this one's connection nothing can go wrong: in place of a ping
    /// that is due, and of all that follow, nothing is sent. Whoever does so says in `endReckoning` what would have come of them,
    /// before anything can go wrong.
    /// - Parameter generation: of the timer's call for the ping, which is not to be made then.
    /// - Returns: false if something else than a ping may be due; then the call is to be made.
    package func beginReckoning(generation: UInt32) -> Bool {
        guard timerGuard.isCurrent(generation), let delegate, delegate.nextDeadline == nil,
            machine.beginReckoning(at: eventLoop.now)
        else { return false }
        return timerGuard.fired(generation)
    }

    /// - Parameters:
    ///   - lastPing: when the last ping would have been sent.
    ///   - isAnswered: whether its answer would have come; those before it were answered in time.
    package func endReckoning(lastPing: NIODeadline, isAnswered: Bool) {
        guard delegate != nil else { return }
        machine.endReckoning(lastPing: lastPing, isAnswered: isAnswered)
        arm()
    }

    /// Timers come late now and then: a request that comes later than a deadline must find it kept.
    func checkTime() {
        let now = eventLoop.now
        var action: EngineIOSession.TimerAction
        repeat {
            action = machine.timeReached(now)
            switch action {
            case .none: break
            case .sendPing:
                write(Self.ping.frame)
                flush()
            case .abandonUpgrade: abandonUpgrade()
            case .forget: server.forget(self)
            case .close(let reason): end(reason)
            }
        } while action != .none
        if let deadline = delegate?.nextDeadline, now >= deadline {
            delegate?.session(self, deadlineReached: now)
        }
    }

    func arm() {
        var deadline = machine.nextDeadline
        if let other = delegate?.nextDeadline { deadline = deadline.map { min($0, other) } ?? other }
        guard let deadline, let generation = timerGuard.arm(at: deadline) else { return }
        timer.schedule(self, at: deadline, generation: generation)
    }

    private static let ping = EncodedPacket(EngineIOPacket.Kind.ping)
}
