internal import Base
public import NIOCore
internal import NIOWebSocket

/// Carries a client's session over WebSocket: a handler of bytes, to stand alone in an upgraded channel's pipeline.
///
/// It decides nothing: `WebSocketFrameReader`, `WebSocketMessageAssembler` and `ClientSession` do. All methods belong on
/// the channel's event loop. What is sent while a delegate is being called is flushed once the bytes at hand are read;
/// at any other time call `flush`.
public final class SocketIOClientHandler: ChannelInboundHandler {
    public typealias InboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    /// For the host to know its session by.
    public var tag = 0

    let configuration: SocketIOClientConfiguration
    let makeMask: () -> UInt32
    private let timer: any SessionTimer
    private var timerGuard = TimerGuard()
    private var frames: WebSocketFrameReader
    private var messages: WebSocketMessageAssembler
    /// Nil once the session is over.
    var delegate: (any SocketIOClientDelegate)?
    var session: ClientSession
    var outbound: OutboundQueue
    var outlet = ByteOutlet.none
    /// At the positions of the session's pending acknowledgements.
    var callbacks: [AcknowledgementCallback] = []

    /// - Parameters:
    ///   - timer: shared by all sessions of an event loop.
    ///   - makeMask: makes the key of each frame (RFC 6455 §5.3: unpredictable, unless a run is to be repeatable).
    public init(
        configuration: SocketIOClientConfiguration,
        delegate: any SocketIOClientDelegate,
        timer: any SessionTimer,
        makeMask: @escaping () -> UInt32
    ) {
        self.configuration = configuration
        self.delegate = delegate
        self.timer = timer
        self.makeMask = makeMask
        frames = WebSocketFrameReader(maximumLength: configuration.maximumPayloadBytes)
        messages = WebSocketMessageAssembler(role: .client, maximumLength: configuration.maximumPayloadBytes)
        session = ClientSession(configuration)
        outbound = OutboundQueue(maximumQueuedBytes: configuration.maximumQueuedBytes)
    }

    public func handlerAdded(context: ChannelHandlerContext) {
        outlet = .pipeline(context)
        outbound.writabilityChanged(to: context.channel.isWritable)
        if context.channel.isActive { start() }
    }

    public func channelActive(context: ChannelHandlerContext) {
        start()
        context.fireChannelActive()
    }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        read(Self.unwrapInboundIn(data))
    }

    private func read(_ bytes: ByteBuffer) {
        frames.append(bytes)
        while delegate != nil {
            let step = frames.next()
            if case .incomplete = step { return }
            perform(messages.received(step))
        }
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        flush()
        context.fireChannelReadComplete()
    }

    public func channelWritabilityChanged(context: ChannelHandlerContext) {
        outbound.writabilityChanged(to: context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(DisconnectReason(.transportError, "\(error)"), .abruptly)
    }

    public func channelInactive(context: ChannelHandlerContext) {
        end(.transportClose, .abruptly)
        context.fireChannelInactive()
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        if outlet.leavePipeline() { end(.transportClose, .abruptly) }
    }

    private func start() {
        guard let now = outlet.now, session.start(at: now) else { return }
        arm()
    }

    private func arm() {
        guard let deadline = session.nextDeadline, let generation = timerGuard.arm(at: deadline) else { return }
        timer.schedule(self, at: deadline, generation: generation)
    }

    private func perform(_ action: WebSocketMessageAssembler.Action) {
        switch action {
        case .none:
            break
        case .text(let text):
            guard let packet = EngineIOPacket(text: text) else {
                return end(DisconnectReason(.parseError, "an unknown packet type"))
            }
            received(packet)
        case .binary(let bytes):
            received(EngineIOPacket(binary: bytes))
        case .pong(let data):
            send(frame: WebSocketClosing.controlFrame(.pong, data, mask: makeMask()), promise: nil)
        case .close(let echo):
            end(.transportClose, .echo(echo))
        case .fail(let code, let problem):
            end(DisconnectReason(.transportError, problem), .code(code))
        }
    }

    private func received(_ packet: EngineIOPacket) {
        guard let now = outlet.now else { return }
        switch session.received(packet, at: now) {
        case .none:
            break
        case .event(let event):
            delegate?.session(self, received: event)
        case .acknowledgement(let position, let arguments):
            callbacks.remove(at: position)(.success(arguments))
        case .sendPong(let data):
            send(EncodedPacket(.pong, payload: data))
        case .sendConnect:
            let payload = configuration.authentication.map(JSON.object)
            send(EncodedPacket(.connect, namespace: configuration.namespace, payload: payload))
            arm()
        case .connected(let id):
            delegate?.session(self, connectedAs: id)
        case .refused(let payload):
            delegate?.session(self, refusedWith: payload)
            end(DisconnectReason(.connectError, payload?["message"]?.stringValue ?? payload?.stringValue))
        case .close(let reason):
            end(reason)
        }
    }
}

extension SocketIOClientHandler: WiredHandler {
    package func join(_ wire: any ByteWire) { outlet.join(wire)?.leavePipeline() }

    package func received(_ bytes: ByteBuffer) {
        read(bytes)
        flush()
    }

    package func wireClosed() { end(.transportClose, .abruptly) }
}

extension SocketIOClientHandler {
    /// The client's side of `EngineIOServerSession.beginReckoning`: no ping is missed until `endReckoning`.
    package func beginReckoning() { session.beginReckoning() }

    package func awaitsPing(at arrival: NIODeadline) -> Bool { session.awaitsPing(at: arrival) }

    /// - Parameter lastPing: when the last ping would have come.
    package func endReckoning(lastPing: NIODeadline) {
        session.endReckoning(lastPing: lastPing)
        arm()
    }
}

extension SocketIOClientHandler: TimedSession {
    public func timerFired(generation: UInt32) {
        guard timerGuard.fired(generation), let now = outlet.now else { return }
        switch session.timeReached(now) {
        case .none: arm()
        case .close(let reason): end(reason)
        }
    }
}

@available(*, unavailable)
extension SocketIOClientHandler: Sendable {}
