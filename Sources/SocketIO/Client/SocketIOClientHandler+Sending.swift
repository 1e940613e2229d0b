public import Base
public import NIOCore

extension SocketIOClientHandler {
    /// Whether the namespace is joined. What is sent before and after is dropped.
    public var isConnected: Bool { session.isConnected }

    /// Writes a packet that was built before. Not flushed. Cheapest if the caller keeps no copy of it.
    public func emit(_ packet: consuming EncodedPacket, promise: EventLoopPromise<Void>? = nil) {
        guard isConnected else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        send(packet, promise: promise)
    }

    /// Writes an event. Not flushed.
    public func emit(_ name: String, _ arguments: [JSON] = []) {
        emit(EncodedPacket(event: name, namespace: configuration.namespace, arguments))
    }

    /// Writes an event and asks for its acknowledgement. Not flushed.
    public func emit(_ name: String, _ arguments: [JSON] = [], acknowledgement: @escaping AcknowledgementCallback) {
        guard let id = session.addAcknowledgement() else { return acknowledgement(.failure(.notSent)) }
        callbacks.append(acknowledgement)
        emit(EncodedPacket(event: name, namespace: configuration.namespace, acknowledgementID: id, arguments))
    }

    /// Answers an event that asked for it. Not flushed.
    public func acknowledge(_ id: Int, _ arguments: [JSON] = []) {
        emit(EncodedPacket(acknowledging: id, namespace: configuration.namespace, arguments))
    }

    public func flush() {
        if outbound.takeFlush() { outlet.flush() }
    }

    /// Leaves the namespace and closes the connection.
    public func close() {
        if isConnected { send(EncodedPacket(.disconnect, namespace: configuration.namespace)) }
        end(.clientNamespaceDisconnect)
    }

    func send(_ packet: consuming EncodedPacket, promise: EventLoopPromise<Void>? = nil) {
        var rest = packet.attachments.count + 1
        packet.masked(by: makeMask) { frame in
            rest -= 1
            send(frame: frame, promise: rest == 0 ? promise : nil)
        }
    }

    func send(frame: ByteBuffer, promise: EventLoopPromise<Void>?) {
        guard session.isOpen else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard outbound.admit(frame) else {
            promise?.fail(DisconnectReason.slowConsumer)
            return end(.slowConsumer, .abruptly)
        }
        outlet.write(frame, promise: promise)
    }

    /// The one way in which a session ends, whoever ends it. Later calls find nothing left to do.
    func end(_ reason: DisconnectReason, _ closing: WebSocketClosing? = nil) {
        guard let delegate else { return }
        self.delegate = nil
        _ = session.close()
        // Nobody would see a frame that the channel does not take any more.
        let closing = outbound.isWritable ? closing ?? WebSocketClosing(reason) : .abruptly
        outlet.close(behind: closing.frame(mask: makeMask()))
        let unanswered = callbacks
        callbacks = []
        for callback in unanswered { callback(.failure(.disconnected(reason))) }
        delegate.session(self, disconnectedBecause: reason)
    }
}
