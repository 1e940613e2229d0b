internal import NIOCore

/// A session of Engine.IO as the server sees it (protocol 4): over long polling, over WebSocket, or on its way from the
/// one to the other. No I/O, no clock.
struct EngineIOSession {
    enum Transport {
        case polling
        case webSocket
    }

    private enum State: Equatable {
        /// There is no transport yet.
        case idle
        case polling
        /// Polling carries the session, and a WebSocket is there to take over. Until it has probed polls may wait;
        /// after that they are answered at once, so that none is left when the client is done with them. There is a
        /// limit to how long this may last.
        case upgrading(hasProbed: Bool, until: NIODeadline)
        case webSocket
        /// The client has said that it leaves, over one connection, while no poll waits. One may be on its way over
        /// another: it has a moment to arrive and to be answered.
        case leaving(until: NIODeadline)
        /// Over, but for the last words that the next poll is to get.
        case lingering(until: NIODeadline)
        /// Over. Nothing counts any more.
        case closed
    }

    private let configuration: Shared<EngineIOServerConfiguration>
    private var state = State.idle
    private var heartbeat = Heartbeat(startingAt: .uptimeNanoseconds(0), interval: .zero)
    private var exchange = PollingExchange()

    init(_ configuration: Shared<EngineIOServerConfiguration>) {
        self.configuration = configuration
    }

    /// The first transport is there. False if it was before.
    mutating func open(over transport: Transport, at now: NIODeadline) -> Bool {
        guard state == .idle else { return false }
        state = transport == .polling ? .polling : .webSocket
        heartbeat = Heartbeat(startingAt: now, interval: configuration.value.pingInterval)
        return true
    }

    /// What packets are to be sent over; nil if the session is not open.
    var transport: Transport? {
        switch state {
        case .webSocket: .webSocket
        case .polling, .upgrading, .leaving: .polling
        case .idle, .lingering, .closed: nil
        }
    }

    var isOpen: Bool { transport != nil }

    var isLeaving: Bool {
        if case .leaving = state { true } else { false }
    }

    // MARK: Packets

    /// What a packet from the client amounts to.
    enum Action: Equatable {
        /// Nothing to do.
        case none
        /// A message for the host.
        case message(EngineIOMessage)
        /// Answer the WebSocket's probe, and the poll that waits: see `flush`.
        case answerProbe
        /// From now on WebSocket carries the session; these frames were waiting for a poll.
        case upgraded(waiting: [ByteBuffer])
        /// The WebSocket broke the rules: close it. Polling carries the session as before.
        case abandonUpgrade
        /// The client leaves. Call `leave`.
        case leave
        /// The session is to be closed.
        case close(DisconnectReason)
    }

    mutating func received(_ packet: EngineIOPacket, over transport: Transport) -> Action {
        switch (state, transport) {
        case (.webSocket, .webSocket), (.polling, .polling), (.upgrading, .polling): received(packet)
        case (.upgrading(let hasProbed, let deadline), .webSocket): probed(packet, hasProbed, deadline)
        default: .none
        }
    }

    private mutating func received(_ packet: EngineIOPacket) -> Action {
        switch packet.kind {
        case .message:
            return .message(packet.isBinary ? .binary(packet.payload) : .text(packet.payload))
        case .pong:
            heartbeat.pong()
            return .none
        case .noop: return .none
        case .close: return .leave
        case .open, .ping, .upgrade:
            return .close(DisconnectReason(.parseError, "a client does not send the packet \(packet.kind)"))
        }
    }

    private mutating func probed(_ packet: EngineIOPacket, _ hasProbed: Bool, _ deadline: NIODeadline) -> Action {
        switch packet.kind {
        case .ping where packet.payload == Self.probe && !packet.isBinary:
            state = .upgrading(hasProbed: true, until: deadline)
            return .answerProbe
        case .upgrade where hasProbed:
            state = .webSocket
            return .upgraded(waiting: exchange.takeFrames())
        default:
            state = .polling
            return .abandonUpgrade
        }
    }

    /// False if the session is to be closed at once; else no packet counts any more, and it is to be closed with the
    /// next poll or deadline.
    mutating func leave(at now: NIODeadline) -> Bool {
        guard transport == .polling, !exchange.isPolled else { return false }
        state = .leaving(until: now + Self.timeForCrossingPolls)
        return true
    }

    /// Longer than two requests sent at the same time are apart when they arrive.
    private static let timeForCrossingPolls = TimeAmount.milliseconds(100)
    private static let probe = ByteBuffer(string: "probe")

    /// Keeps a frame for the next poll. False if more bytes than allowed would wait.
    mutating func write(_ frame: ByteBuffer) -> Bool {
        exchange.write(frame, limit: configuration.value.maximumQueuedBytes)
    }

    /// The answer for the poll that waits; nil if there is none, or nothing to say to it.
    mutating func flush() -> ByteBuffer? {
        if let answer = exchange.answer() { return answer }
        guard case .upgrading(hasProbed: true, _) = state else { return nil }
        return exchange.answer(endingWith: .noop)
    }

    // MARK: Requests

    /// What a GET amounts to.
    enum PollAction: Equatable {
        /// There is nothing to say yet: keep it.
        case hold
        case answer(ByteBuffer)
        /// The last words of a session that is over: forget the session.
        case answerAndForget(ByteBuffer)
        /// Keep it, and the session, which the client has left, is to be closed.
        case holdAndClose
        case refuse(EngineIORefusal)
        /// Refuse it, and the session is to be closed.
        case close(DisconnectReason)
    }

    mutating func poll() -> PollAction {
        switch state {
        case .polling, .upgrading:
            guard exchange.poll() else { return .close(DisconnectReason(.transportError, "two polls at once")) }
            return flush().map(PollAction.answer) ?? .hold
        case .leaving:
            return exchange.poll() ? .holdAndClose : .refuse(.unknownSession)
        case .lingering:
            state = .closed
            _ = exchange.poll()
            return exchange.answer(endingWith: .close).map(PollAction.answerAndForget) ?? .refuse(.unknownSession)
        case .webSocket: return .refuse(.badRequest)
        case .idle, .closed: return .refuse(.unknownSession)
        }
    }

    /// What the beginning of a POST amounts to.
    enum PushAction: Equatable {
        case accept
        case refuse(EngineIORefusal)
        /// Refuse it, and the session is to be closed.
        case close(DisconnectReason)
    }

    mutating func beginPush() -> PushAction {
        switch state {
        case .polling, .upgrading:
            exchange.beginPush() ? .accept : .close(DisconnectReason(.transportError, "two requests with data at once"))
        case .webSocket: .refuse(.badRequest)
        case .idle, .leaving, .lingering, .closed: .refuse(.unknownSession)
        }
    }

    /// The whole of a POST is there. False if it does not count any more.
    mutating func endPush() -> Bool {
        exchange.endPush() && transport == .polling
    }

    // MARK: Upgrading

    /// A WebSocket has come for the session. False if it has one, or is over: close the new one.
    mutating func beginUpgrade(at now: NIODeadline) -> Bool {
        guard state == .polling else { return false }
        state = .upgrading(hasProbed: false, until: now + configuration.value.upgradeTimeout)
        return true
    }

    /// The WebSocket is gone. True if nothing else carries the session, which is to be closed then.
    mutating func webSocketLost() -> Bool {
        if case .upgrading = state { state = .polling }
        return state == .webSocket || state == .idle
    }

    // MARK: Time

    /// What a deadline amounts to.
    enum TimerAction: Equatable {
        /// The deadline has moved. Look at `nextDeadline`.
        case none
        /// Send a ping.
        case sendPing
        /// The WebSocket takes too long: close it. Polling carries the session as before.
        case abandonUpgrade
        /// Nobody has come for the last words: forget the session.
        case forget
        /// The session is to be closed.
        case close(DisconnectReason)
    }

    /// When `timeReached` wants to be called. It moves to later by itself; an early call is harmless.
    var nextDeadline: NIODeadline? {
        switch state {
        case .polling, .webSocket: heartbeat.deadline
        case .upgrading(_, let deadline): min(deadline, heartbeat.deadline)
        case .leaving(let deadline), .lingering(let deadline): deadline
        case .idle, .closed: nil
        }
    }

    /// To be called again until there is nothing to do.
    mutating func timeReached(_ now: NIODeadline) -> TimerAction {
        switch state {
        case .lingering(let deadline) where now >= deadline:
            state = .closed
            return .forget
        case .leaving(let deadline) where now >= deadline: return .close(.transportClose)
        case .upgrading(_, let deadline) where now >= deadline:
            state = .polling
            return .abandonUpgrade
        case .idle, .leaving, .lingering, .closed: return .none
        case .polling, .upgrading, .webSocket: break
        }
        let configuration = configuration.value
        let action = heartbeat.timeReached(
            now,
            interval: configuration.pingInterval,
            timeout: configuration.pingTimeout,
            isHeard: transport == .webSocket || exchange.isPolled
        )
        switch action {
        case .none: return .none
        case .sendPing: return .sendPing
        case .timedOut: return .close(.pingTimeout)
        }
    }

    /// See `EngineIOServerSession.beginReckoning`.
    mutating func beginReckoning(at now: NIODeadline) -> Bool {
        state == .webSocket && heartbeat.beginReckoning(at: now)
    }

    mutating func endReckoning(lastPing: NIODeadline, isAnswered: Bool) {
        heartbeat.endReckoning(
            lastPing: lastPing,
            isAnswered: isAnswered,
            interval: configuration.value.pingInterval,
            timeout: configuration.value.pingTimeout
        )
    }

    // MARK: The end

    enum Ending: Equatable {
        /// Forget the session, and answer the poll that waits, if there is one.
        case forget(answer: ByteBuffer?)
        /// Keep it, deaf and dumb, until the next poll or the next deadline.
        case linger
    }

    /// The session is over. Nil if it was before.
    mutating func close(_ reason: DisconnectReason, at now: NIODeadline) -> Ending? {
        defer { if case .lingering = state {} else { state = .closed } }
        switch state {
        case .closed, .lingering: return nil
        case .idle, .webSocket: return .forget(answer: nil)
        case .polling, .upgrading, .leaving:
            // A client that left is not told so.
            if reason == .transportClose { return .forget(answer: exchange.answer(endingWith: .noop)) }
            if reason == .serverNamespaceDisconnect, !exchange.isPolled {
                state = .lingering(until: now + configuration.value.pingTimeout)
                return .linger
            }
            return .forget(answer: exchange.answer(endingWith: .close))
        }
    }
}

extension EncodedPacket {
    fileprivate static let noop = EncodedPacket(EngineIOPacket.Kind.noop)
    fileprivate static let close = EncodedPacket(EngineIOPacket.Kind.close)
}
