internal import Base
internal import NIOCore

/// What Socket.IO (protocol 5) adds to an Engine.IO session at the server's end: namespaces, events, acknowledgements.
/// No I/O, no clock.
struct SocketIOSession {
    /// What a message from the client amounts to.
    enum Action: Equatable {
        /// Nothing to do.
        case none
        /// The client asks to join a namespace that exists: the host decides, and a yes is told with `admitted`.
        case admit(namespace: String, authentication: JSONObject?)
        /// The client asks to join a namespace that does not exist: answer CONNECT_ERROR.
        case refuse(namespace: String)
        /// An event for the host.
        case event(SocketIOEvent)
        /// The acknowledgement of an event of ours; it was pending at that position.
        case acknowledgement(position: Int, arguments: [JSON])
        /// The client left a namespace, and stays connected.
        case left(namespace: String)
        /// The session is over: it is closed by now, and what carries it is to be.
        case close(DisconnectReason)
    }

    private enum State: Equatable {
        /// Nothing carries the session yet.
        case idle
        /// No namespace was joined yet: there is a limit to how long this may last.
        case awaitingConnect(until: NIODeadline)
        /// A namespace was joined once.
        case connected
        /// Over. Nothing counts any more.
        case closed
    }

    private let configuration: Shared<SocketIOServerConfiguration>
    private var state = State.idle
    private var decoder = SocketIODecoder()
    private var pending: PendingAcknowledgements
    /// One bit for each namespace of the configuration.
    private var joined: UInt64 = 0

    init(_ configuration: Shared<SocketIOServerConfiguration>) {
        self.configuration = configuration
        pending = PendingAcknowledgements(limit: configuration.value.maximumPendingAcknowledgements)
    }

    /// There is something to carry the session. False if there was before.
    mutating func open(at now: NIODeadline) -> Bool {
        guard state == .idle else { return false }
        state = .awaitingConnect(until: now + configuration.value.connectTimeout)
        return true
    }

    /// Whether packets may be sent.
    var isOpen: Bool {
        switch state {
        case .awaitingConnect, .connected: true
        case .idle, .closed: false
        }
    }

    /// What is kept of a packet that is not whole.
    var heldBytes: Int { decoder.heldBytes }

    /// When the client must have joined a namespace; nil once it has.
    var connectDeadline: NIODeadline? {
        if case .awaitingConnect(let deadline) = state { deadline } else { nil }
    }

    func hasJoined(_ namespace: String) -> Bool {
        bit(namespace).map { joined & $0 != 0 } ?? false
    }

    var joinedNamespaces: [String] {
        configuration.value.namespaces.filter(hasJoined)
    }

    mutating func received(_ message: EngineIOMessage) -> Action {
        guard isOpen else { return .none }
        let decoded: SocketIOPacket?
        do {
            switch message {
            case .text(let text): decoded = try decoder.decode(text: text)
            case .binary(let bytes): decoded = try decoder.decode(attachment: bytes)
            }
        } catch {
            return closing(DisconnectReason(.parseError, error.description))
        }
        guard let decoded else { return .none }
        return received(decoded)
    }

    /// The host has let the client into the namespace. False if the session has closed meanwhile.
    mutating func admitted(to namespace: String) -> Bool {
        guard isOpen, let bit = bit(namespace) else { return false }
        joined |= bit
        state = .connected
        return true
    }

    /// An id for an event that asks for an acknowledgement; nil if too many are pending, or the session is not open.
    mutating func addAcknowledgement() -> Int? {
        isOpen ? pending.add() : nil
    }

    /// The host or the transport ends the session. False if it was over before.
    mutating func close() -> Bool {
        guard state != .closed else { return false }
        state = .closed
        pending.removeAll()
        return true
    }

    private mutating func received(_ packet: SocketIOPacket) -> Action {
        switch packet {
        case .event(let event):
            return hasJoined(event.namespace) ? .event(event) : notJoined(event.namespace)
        case .acknowledgement(let namespace, let id, let arguments):
            guard hasJoined(namespace) else { return notJoined(namespace) }
            // An id that is not pending is no offence: the reference implementation, too, drops it.
            return pending.remove(id).map { .acknowledgement(position: $0, arguments: arguments) } ?? .none
        case .connect(let namespace, let payload):
            guard bit(namespace) != nil else { return .refuse(namespace: namespace) }
            guard !hasJoined(namespace) else {
                return closing(DisconnectReason(.parseError, "joined \(namespace) twice"))
            }
            return .admit(namespace: namespace, authentication: payload)
        case .disconnect(let namespace):
            guard hasJoined(namespace), let bit = bit(namespace) else { return notJoined(namespace) }
            joined &= ~bit
            return .left(namespace: namespace)
        case .connectError:
            return closing(DisconnectReason(.parseError, "a client does not send CONNECT_ERROR"))
        }
    }

    private mutating func notJoined(_ namespace: String) -> Action {
        closing(DisconnectReason(.parseError, "a packet for \(namespace), which was not joined"))
    }

    private mutating func closing(_ reason: DisconnectReason) -> Action {
        _ = close()
        return .close(reason)
    }

    private func bit(_ namespace: String) -> UInt64? {
        configuration.value.namespaces.firstIndex(of: namespace).map { 1 << UInt64($0) }
    }
}
