public import Base
internal import NIOCore

extension SocketIOServerSession {
    /// Whether the session is open. What is sent to one that is not is dropped.
    public var isOpen: Bool { engine.isOpen }

    /// The namespaces that the client has joined and not left.
    public var namespaces: [String] { session.joinedNamespaces }

    /// Writes a packet that was built before, for this or any number of sessions. Not flushed.
    public func emit(_ packet: EncodedPacket) {
        engine.write(packet.frame)
        for attachment in packet.attachments { engine.write(attachment) }
    }

    /// Writes an event. Not flushed.
    public func emit(_ name: String, _ arguments: [JSON] = [], namespace: String = "/") {
        emit(EncodedPacket(event: name, namespace: namespace, arguments))
    }

    /// Writes an event and asks for its acknowledgement. Not flushed.
    public func emit(
        _ name: String,
        _ arguments: [JSON] = [],
        namespace: String = "/",
        acknowledgement: @escaping AcknowledgementCallback
    ) {
        guard isOpen, let id = session.addAcknowledgement() else { return acknowledgement(.failure(.notSent)) }
        callbacks.append(acknowledgement)
        emit(EncodedPacket(event: name, namespace: namespace, acknowledgementID: id, arguments))
    }

    /// Answers an event that asked for it. Not flushed.
    public func acknowledge(_ id: Int, _ arguments: [JSON] = [], namespace: String = "/") {
        emit(EncodedPacket(acknowledging: id, namespace: namespace, arguments))
    }

    public func flush() {
        engine.flush()
    }

    /// Ends the session: tells the client (`serverNamespaceDisconnect` bids it not to come back), and closes what
    /// carries it once that is written.
    public func close(_ reason: DisconnectReason = .serverNamespaceDisconnect) {
        if reason == .serverNamespaceDisconnect {
            for namespace in namespaces { emit(EncodedPacket(.disconnect, namespace: namespace)) }
        }
        engine.close(reason)
    }
}
