public import NIOCore
internal import NIOWebSocket

/// Carries a server's session over WebSocket: a handler of bytes, to stand alone in an upgraded channel's pipeline.
///
/// It decides nothing: `WebSocketFrameReader`, `WebSocketMessageAssembler` and `ServerSession` do. All methods belong on
/// the channel's event loop. What is sent while a delegate is being called is flushed once the bytes at hand are read;
/// at any other time call `flush`.
public final class SocketIOServerHandler: ChannelInboundHandler {
    public typealias InboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    /// The Engine.IO session's id.
    public let id: String
    /// For the host to know its session by.
    public var tag = 0

    let configuration: SocketIOServerConfiguration
    let makeID: () -> String
    private let timer: any SessionTimer
    private var timerGuard = TimerGuard()
    private var frames: WebSocketFrameReader
    private var messages: WebSocketMessageAssembler
    /// Nil once the session is over.
    var delegate: (any SocketIOServerDelegate)?
    var session: ServerSession
    var outbound: OutboundQueue
    /// Nil while the handler is in no pipeline.
    var context: ChannelHandlerContext?
    /// At the positions of the session's pending acknowledgements.
    var callbacks: [AcknowledgementCallback] = []

    /// - Parameters:
    ///   - makeID: makes session ids: unguessable, 20 or more characters of base64url. Called once here, and once for
    ///     each namespace joined.
    ///   - timer: shared by all sessions of an event loop.
    public init(
        configuration: SocketIOServerConfiguration,
        delegate: any SocketIOServerDelegate,
        timer: any SessionTimer,
        makeID: @escaping () -> String
    ) {
        self.configuration = configuration
        self.delegate = delegate
        self.timer = timer
        self.makeID = makeID
        id = makeID()
        frames = WebSocketFrameReader(maximumLength: configuration.maximumPayloadBytes)
        messages = WebSocketMessageAssembler(role: .server, maximumLength: configuration.maximumPayloadBytes)
        session = ServerSession(configuration)
        outbound = OutboundQueue(maximumQueuedBytes: configuration.maximumQueuedBytes)
    }

    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        outbound.writabilityChanged(to: context.channel.isWritable)
        if context.channel.isActive { open() }
    }

    public func channelActive(context: ChannelHandlerContext) {
        open()
        context.fireChannelActive()
    }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        frames.append(Self.unwrapInboundIn(data))
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
        self.context = nil
        end(.transportClose, .abruptly)
    }

    private func open() {
        guard let now = context?.eventLoop.now, session.open(at: now) else { return }
        send(EncodedPacket(configuration.handshake(sessionID: id)))
        flush()
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
            perform(session.received(packet))
        case .binary(let bytes):
            perform(session.received(EngineIOPacket(binary: bytes)))
        case .pong(let data):
            send(frame: WebSocketClosing.controlFrame(.pong, data, mask: nil), promise: nil)
        case .close(let echo):
            end(.transportClose, .echo(echo))
        case .fail(let code, let problem):
            end(DisconnectReason(.transportError, problem), .code(code))
        }
    }

    private func perform(_ action: ServerSession.Action) {
        switch action {
        case .none:
            break
        case .event(let event):
            delegate?.session(self, received: event)
        case .acknowledgement(let position, let arguments):
            callbacks.remove(at: position)(.success(arguments))
        case .admit(let namespace, let authentication):
            admit(to: namespace, authentication)
        case .refuse(let namespace):
            send(EncodedPacket(.connectError, namespace: namespace, payload: ["message": "Invalid namespace"]))
        case .left(let namespace):
            delegate?.session(self, disconnectedFrom: namespace, because: .clientNamespaceDisconnect)
        case .close(let reason):
            end(reason)
        }
    }
}

extension SocketIOServerHandler: TimedSession {
    public func timerFired(generation: UInt32) {
        guard timerGuard.fired(generation), let now = context?.eventLoop.now else { return }
        switch session.timeReached(now) {
        case .none:
            break
        case .sendPing:
            send(frame: Self.ping.frame, promise: nil)
            flush()
        case .close(let reason):
            end(reason)
        }
        arm()
    }

    private static let ping = EncodedPacket(.ping)
}

@available(*, unavailable)
extension SocketIOServerHandler: Sendable {}
