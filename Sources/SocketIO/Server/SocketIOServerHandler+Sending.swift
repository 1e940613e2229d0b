public import NIOCore

extension SocketIOServerHandler {
    /// Whether the session is open. What is sent to one that is not is dropped.
    public var isOpen: Bool { session.isOpen }

    /// The namespaces that the client has joined and not left.
    public var namespaces: [String] { session.joinedNamespaces }

    /// Writes a packet that was built before, for this or any number of sessions. Not flushed.
    public func emit(_ packet: EncodedPacket, promise: EventLoopPromise<Void>? = nil) {
        send(packet, promise: promise)
    }

    /// Writes an event. Not flushed.
    public func emit(_ name: String, _ arguments: [JSON] = [], namespace: String = "/") {
        send(EncodedPacket(event: name, namespace: namespace, arguments))
    }

    /// Writes an event and asks for its acknowledgement. Not flushed.
    public func emit(
        _ name: String,
        _ arguments: [JSON] = [],
        namespace: String = "/",
        acknowledgement: @escaping AcknowledgementCallback
    ) {
        guard let id = session.addAcknowledgement() else { return acknowledgement(.failure(.notSent)) }
        callbacks.append(acknowledgement)
        send(EncodedPacket(event: name, namespace: namespace, acknowledgementID: id, arguments))
    }

    /// Answers an event that asked for it. Not flushed.
    public func acknowledge(_ id: Int, _ arguments: [JSON] = [], namespace: String = "/") {
        send(EncodedPacket(acknowledging: id, namespace: namespace, arguments))
    }

    public func flush() {
        if outbound.takeFlush() { context?.flush() }
    }

    /// Ends the session: tells the client (`serverNamespaceDisconnect` bids it not to come back), and closes the
    /// connection once that is written.
    public func close(_ reason: DisconnectReason = .serverNamespaceDisconnect) {
        end(reason)
    }

    func send(_ packet: EncodedPacket, promise: EventLoopPromise<Void>? = nil) {
        guard !packet.attachments.isEmpty else { return send(frame: packet.frame, promise: promise) }
        send(frame: packet.frame, promise: nil)
        for attachment in packet.attachments.dropLast() { send(frame: attachment, promise: nil) }
        if let last = packet.attachments.last { send(frame: last, promise: promise) }
    }

    func send(frame: ByteBuffer, promise: EventLoopPromise<Void>?) {
        guard session.isOpen, let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard outbound.admit(frame.readableBytes) else {
            promise?.fail(DisconnectReason.slowConsumer)
            return end(.slowConsumer, .abruptly)
        }
        context.write(Self.wrapOutboundOut(frame), promise: promise)
    }

    func admit(to namespace: String, _ authentication: JSONObject?) {
        switch delegate?.session(self, admits: namespace, authentication: authentication) {
        case .accept:
            guard session.admitted(to: namespace) else { return }
            send(EncodedPacket(.connect, namespace: namespace, payload: ["sid": .string(makeID())]))
            delegate?.session(self, connectedTo: namespace, authentication: authentication)
        case .refuse(let message, let data):
            var payload: JSONObject = ["message": .string(message)]
            payload["data"] = data
            send(EncodedPacket(.connectError, namespace: namespace, payload: .object(payload)))
        case nil:
            break
        }
    }

    /// The one way in which a session ends, whoever ends it. Later calls find nothing left to do.
    func end(_ reason: DisconnectReason, _ closing: WebSocketClosing? = nil) {
        guard let delegate else { return }
        self.delegate = nil
        let namespaces = namespaces
        if reason == .serverNamespaceDisconnect {
            for namespace in namespaces { send(EncodedPacket(.disconnect, namespace: namespace)) }
        }
        _ = session.close()
        // Nobody would see a frame that the channel does not take any more.
        let closing = outbound.isWritable ? closing ?? WebSocketClosing(reason) : .abruptly
        context?.close(behind: closing.frame(mask: nil))
        let unanswered = callbacks
        callbacks = []
        for callback in unanswered { callback(.failure(.disconnected(reason))) }
        for namespace in namespaces { delegate.session(self, disconnectedFrom: namespace, because: reason) }
        delegate.session(self, closedBecause: reason)
    }
}
