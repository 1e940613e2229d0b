internal import Base
internal import NIOCore

/// A session as the client sees it (Engine.IO protocol 4, Socket.IO protocol 5), in one namespace, whatever carries
/// it. No I/O, no clock.
struct ClientSession {
    /// What a packet from the server amounts to.
    enum Action: Equatable {
        /// Nothing to do.
        case none
        /// The session is open: ask to join the namespace. The deadline has moved, maybe to earlier.
        case sendConnect
        /// The namespace is joined.
        case connected(sessionID: String)
        /// An event for the host.
        case event(SocketIOEvent)
        /// The acknowledgement of an event of ours; it was pending at that position.
        case acknowledgement(position: Int, arguments: [JSON])
        /// Answer a ping, with its data.
        case sendPong(ByteBuffer)
        /// The server does not let us in. The session is over.
        case refused(JSON?)
        /// The session is over: it is closed by now, and the transport is to be.
        case close(DisconnectReason)
    }

    /// What a deadline amounts to.
    enum TimerAction: Equatable {
        /// The deadline has moved. Look at `nextDeadline`.
        case none
        /// The session is over.
        case close(DisconnectReason)
    }

    private enum State: Equatable {
        /// There is no transport yet.
        case idle
        /// The transport is there; the handshake is to come.
        case awaitingOpen
        /// CONNECT is out, its answer is to come.
        case awaitingConnect
        /// Events go both ways.
        case connected
        /// Over. Nothing counts any more.
        case closed
    }

    private var state = State.idle
    private let namespace: String
    /// Until the namespace is joined; kept apart from the heartbeat, which runs from the handshake on.
    private var connectDeadline = NIODeadline.distantFuture
    private let connectTimeout: TimeAmount
    private var pingDeadline = NIODeadline.distantFuture
    /// How long silence may last: the ping's interval and its timeout ("Heartbeat").
    private var patience = TimeAmount.zero
    private var decoder = SocketIODecoder()
    private var pending: PendingAcknowledgements

    init(_ configuration: SocketIOClientConfiguration) {
        namespace = configuration.namespace
        connectTimeout = configuration.connectTimeout
        pending = PendingAcknowledgements(limit: configuration.maximumPendingAcknowledgements)
    }

    /// The transport is there. False if it was before.
    mutating func start(at now: NIODeadline) -> Bool {
        guard state == .idle else { return false }
        state = .awaitingOpen
        connectDeadline = now + connectTimeout
        return true
    }

    /// Whether packets may be sent.
    var isOpen: Bool { state != .idle && state != .closed }
    var isConnected: Bool { state == .connected }

    /// When `timeReached` wants to be called. It moves to later by itself, save at `sendConnect`; an early call is
    /// harmless.
    var nextDeadline: NIODeadline? {
        switch state {
        case .awaitingOpen: connectDeadline
        case .awaitingConnect: min(connectDeadline, pingDeadline)
        case .connected: pingDeadline
        case .idle, .closed: nil
        }
    }

    mutating func received(_ packet: EngineIOPacket, at now: NIODeadline) -> Action {
        switch (state, packet.kind) {
        case (.idle, _), (.closed, _), (_, .noop):
            return .none
        case (.awaitingOpen, .open):
            return opened(packet.payload, at: now)
        case (_, .close):
            return closing(.transportClose)
        case (.awaitingConnect, .ping), (.connected, .ping):
            pingDeadline = now + patience
            return .sendPong(packet.payload)
        case (.awaitingConnect, .message), (.connected, .message):
            return message(packet)
        case (.awaitingOpen, _), (_, .open), (_, .pong), (_, .upgrade):
            return closing(DisconnectReason(.parseError, "the packet \(packet.kind) is out of place"))
        }
    }

    /// An id for an event that asks for an acknowledgement; nil if too many are pending, or there is no connection.
    mutating func addAcknowledgement() -> Int? {
        state == .connected ? pending.add() : nil
    }

    mutating func timeReached(_ now: NIODeadline) -> TimerAction {
        switch state {
        case .awaitingOpen, .awaitingConnect:
            if now >= connectDeadline { return ending(.connectTimeout) }
        case .connected: break
        case .idle, .closed: return .none
        }
        return now >= pingDeadline ? ending(.pingTimeout) : .none
    }

    /// See `EngineIOServerSession.beginReckoning`.
    mutating func beginReckoning() { pingDeadline = .distantFuture }

    /// Whether a ping that comes at an instant finds the session joined and not yet out of patience.
    func awaitsPing(at arrival: NIODeadline) -> Bool { state == .connected && arrival < pingDeadline }

    /// - Parameter lastPing: when the last ping would have come.
    mutating func endReckoning(lastPing: NIODeadline) { pingDeadline = lastPing + patience }

    /// The host or the transport ends the session. False if it was over before.
    mutating func close() -> Bool {
        guard state != .closed else { return false }
        state = .closed
        pending.removeAll()
        return true
    }

    private mutating func opened(_ payload: ByteBuffer, at now: NIODeadline) -> Action {
        guard let json = try? JSON(parsing: payload), let handshake = EngineIOHandshake(json) else {
            return closing(DisconnectReason(.parseError, "the handshake lacks a member"))
        }
        patience = handshake.pingInterval + handshake.pingTimeout
        pingDeadline = now + patience
        state = .awaitingConnect
        return .sendConnect
    }

    private mutating func message(_ packet: EngineIOPacket) -> Action {
        let decoded: SocketIOPacket?
        do {
            decoded =
                packet.isBinary
                ? try decoder.decode(attachment: packet.payload) : try decoder.decode(text: packet.payload)
        } catch {
            return closing(DisconnectReason(.parseError, error.description))
        }
        guard let decoded else { return .none }
        return received(decoded)
    }

    private mutating func received(_ packet: SocketIOPacket) -> Action {
        switch (state, packet) {
        case (.connected, .event(let event)) where event.namespace == namespace:
            return .event(event)
        case (.connected, .acknowledgement(namespace, let id, let arguments)):
            return pending.remove(id).map { .acknowledgement(position: $0, arguments: arguments) } ?? .none
        case (.awaitingConnect, .connect(namespace, let payload)):
            guard let id = payload?["sid"]?.stringValue else {
                return closing(DisconnectReason(.parseError, "CONNECT lacks the session's id"))
            }
            state = .connected
            return .connected(sessionID: id)
        case (.awaitingConnect, .connectError(namespace, let payload)):
            _ = close()
            return .refused(payload)
        case (.connected, .disconnect(namespace)):
            return closing(.serverNamespaceDisconnect)
        default:
            return closing(DisconnectReason(.parseError, "a packet is out of place"))
        }
    }

    private mutating func closing(_ reason: DisconnectReason) -> Action {
        _ = close()
        return .close(reason)
    }

    private mutating func ending(_ reason: DisconnectReason) -> TimerAction {
        _ = close()
        return .close(reason)
    }
}
