internal import NIOCore
internal import NIOWebSocket

/// A client's WebSocket: a handler of bytes, to stand alone in an upgraded channel's pipeline.
///
/// It decides nothing: `WebSocketFrameReader`, `WebSocketMessageAssembler` and the session do. What is sent while the
/// receiver is being called is flushed once the bytes at hand are read.
final class WebSocketServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var frames: WebSocketFrameReader
    private var messages: WebSocketMessageAssembler
    private var outbound: OutboundQueue
    private var outlet = ByteOutlet.none
    private var hasOpened = false
    /// Nil once the connection is lost or closed.
    private var receiver: (any WebSocketReceiver)?
    /// What is unfinished holds of the budget.
    private let claim: MemoryClaim?

    /// - Parameter address: whose it is; for the budget of memory.
    init(_ configuration: EngineIOServerConfiguration, receiver: any WebSocketReceiver, address: String = unknownPeer) {
        self.receiver = receiver
        claim = configuration.memory.map { MemoryClaim(on: $0, of: address) }
        frames = WebSocketFrameReader(maximumLength: configuration.maximumPayloadBytes)
        messages = WebSocketMessageAssembler(role: .server, maximumLength: configuration.maximumPayloadBytes)
        outbound = OutboundQueue(maximumQueuedBytes: configuration.maximumQueuedBytes)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        outlet = .pipeline(context)
        outbound.writabilityChanged(to: context.channel.isWritable)
        if context.channel.isActive { open() }
    }

    func channelActive(context: ChannelHandlerContext) {
        open()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        read(Self.unwrapInboundIn(data))
    }

    private func read(_ bytes: ByteBuffer) {
        frames.append(bytes)
        while let receiver {
            let step = frames.next()
            if case .incomplete = step { return claimUnfinished() }
            perform(messages.received(step), receiver)
        }
        _ = claim?.hold(0)
    }

    private func claimUnfinished() {
        guard let claim, !claim.hold(frames.heldBytes + messages.heldBytes) else { return }
        frames = WebSocketFrameReader(maximumLength: 0)
        messages = WebSocketMessageAssembler(role: .server, maximumLength: 0)
        lose(.tooMuchUnfinished, WebSocketClosing(.tooMuchUnfinished))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        readCompleted()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        outbound.writabilityChanged(to: context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A client that closes its half of the connection without a close frame is gone.
        if event as? ChannelEvent == .inputClosed { lose(.transportClose, .abruptly) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        lose(DisconnectReason(.transportError, "\(error)"), .abruptly)
    }

    func channelInactive(context: ChannelHandlerContext) {
        lose(.transportClose, .abruptly)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        if outlet.leavePipeline() { lose(.transportClose, .abruptly) }
    }

    private func readCompleted() {
        receiver?.webSocketReadCompleted(self)
        flush()
    }

    private func open() {
        guard !hasOpened else { return }
        hasOpened = true
        receiver?.webSocketOpened(self)
    }

    private func perform(_ action: WebSocketMessageAssembler.Action, _ receiver: any WebSocketReceiver) {
        switch action {
        case .none:
            break
        case .text(let text):
            guard let packet = EngineIOPacket(text: text) else {
                return lose(DisconnectReason(.parseError, "an unknown packet type"), .code(.protocolError))
            }
            receiver.webSocket(self, received: packet)
        case .binary(let bytes):
            receiver.webSocket(self, received: EngineIOPacket(binary: bytes))
        case .pong(let data):
            write(WebSocketClosing.controlFrame(.pong, data, mask: nil))
        case .close(let echo):
            lose(.transportClose, .echo(echo))
        case .fail(let code, let problem):
            lose(DisconnectReason(.transportError, problem), .code(code))
        }
    }

    /// The connection comes to its end from this side of the session, or from the client.
    private func lose(_ reason: DisconnectReason, _ closing: WebSocketClosing) {
        guard let receiver else { return }
        close(closing)
        receiver.webSocketLost(self, because: reason)
    }
}

extension WebSocketServerHandler: WiredHandler {
    func join(_ wire: any ByteWire) { outlet.join(wire)?.leavePipeline() }

    func received(_ bytes: ByteBuffer) {
        read(bytes)
        readCompleted()
    }

    func wireClosed() { lose(.transportClose, .abruptly) }
}

extension WebSocketServerHandler: WebSocketLink {
    func write(_ frame: ByteBuffer) {
        guard receiver != nil else { return }
        guard outbound.admit(frame) else { return lose(.slowConsumer, .abruptly) }
        outlet.write(frame)
    }

    func flush() {
        if outbound.takeFlush() { outlet.flush() }
    }

    func close(_ closing: WebSocketClosing) {
        guard receiver != nil else { return }
        receiver = nil
        // Nobody would see a frame that the channel does not take any more.
        let closing = outbound.isWritable ? closing : .abruptly
        outlet.close(behind: closing.frame(mask: nil))
    }
}

@available(*, unavailable)
extension WebSocketServerHandler: Sendable {}
