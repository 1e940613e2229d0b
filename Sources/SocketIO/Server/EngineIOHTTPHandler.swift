internal import NIOCore
internal import NIOHTTP1

/// Takes the requests for Engine.IO out of a connection's HTTP/1.1, and leaves all others to the handlers behind it:
/// long polling, and refusals for what was to be an upgrade and is none.
///
/// It stands behind NIO's `HTTPServerPipelineHandler`, so that a request comes when the one before is answered, and in
/// front of NIO's upgrade handler, which would swallow the head of a request whose upgrade is refused.
final class EngineIOHTTPHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What becomes of the parts of the request that is coming in.
    private enum Incoming {
        /// It is for others.
        case passing
        /// Its body is for a session.
        case collecting(EngineIOServerSession)
        /// Its body, if it has one, is for nobody.
        case ignoring
        /// There is none, or it is whole.
        case none
    }

    /// A request of ours that has no answer yet.
    private struct Request {
        let head: HTTPRequestHead
        let server: EngineIOServer
        let exchange: EngineIOExchange
        /// To be told if the connection is lost.
        var session: EngineIOServerSession?
        /// Found before the request was whole.
        var response: EngineIOResponse?
    }

    private let servers: [EngineIOServer]
    private var incoming = Incoming.none
    private var body = ByteBuffer()
    /// What the body holds of the budget.
    private var claim: MemoryClaim?
    /// What is left of this connection's rate of sessions.
    private var opened: TokenBucket?
    private var request: Request?
    private var context: ChannelHandlerContext?

    /// - Parameter servers: of different paths.
    init(_ servers: [EngineIOServer]) {
        self.servers = servers
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (Self.unwrapInboundIn(data), incoming) {
        case (.head(let head), _): begin(head, context)
        case (_, .passing): context.fireChannelRead(data)
        case (.body(let bytes), .collecting(let session)): collect(bytes, for: session)
        case (.body, _): break
        case (.end, _): end()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Whoever closes his half has no ear for an answer: as with the reference implementation.
        if event as? ChannelEvent == .inputClosed, request != nil {
            lost()
            return context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // NIO has answered it, and reads no more.
        if error is HTTPParserError { context.close(promise: nil) }
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        lost()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        lost()
        self.context = nil
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        for server in servers {
            let asked = EngineIORequest(head, path: server.path)
            switch asked {
            case .elsewhere: continue
            case .openWebSocket, .openPolling:
                let address = server.address(of: head, context.channel)
                let refusal = server.refusal(of: address, over: context.channel, &opened)
                if refusal == nil, asked == .openWebSocket { return upgrade(head, context) }
                return begin(asked, head, server, refusal, context)
            case .upgrade(let id) where server.session(id) != nil: return upgrade(head, context)
            default: return begin(asked, head, server, nil, context)
            }
        }
        incoming = .passing
        var head = head
        // Nobody upgrades to anything else, which is no error (RFC 9110 §7.8). But NIO's decoder reads no more.
        if head.headers.contains(name: "upgrade") {
            head.headers.remove(name: "upgrade")
            head.headers.replaceOrAdd(name: "connection", value: "close")
        }
        context.fireChannelRead(Self.wrapInboundOut(.head(head)))
    }

    /// What comes now is NIO's business, and then WebSocket's.
    private func upgrade(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        // NIO refuses it without these (RFC 6455 §4.2.1), and the connection stays what it is.
        if head.headers["sec-websocket-key"].count == 1, head.headers["sec-websocket-version"] == ["13"] {
            context.triggerUserOutboundEvent(UpgradeAgreed(), promise: nil)
        }
        context.fireChannelRead(Self.wrapInboundOut(.head(head)))
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func begin(
        _ asked: EngineIORequest,
        _ head: HTTPRequestHead,
        _ server: EngineIOServer,
        _ refusal: EngineIOResponse?,
        _ context: ChannelHandlerContext
    ) {
        let exchange = EngineIOExchange(self, eventLoop: context.eventLoop)
        incoming = .ignoring
        request = Request(head: head, server: server, exchange: exchange)
        if let refusal { return exchange.respond(refusal) }
        let address = server.address(of: head, context.channel)
        switch asked {
        case .refused(let refusal): exchange.respond(.refused(refusal))
        case .openPolling: server.makeSession(for: context.channel, of: address).open(exchange)
        case .poll(let id):
            guard let session = found(id, server) else { return }
            session.eventLoop.perform { session.poll(exchange) }
        case .push(let id):
            guard let session = found(id, server) else { return }
            incoming = .collecting(session)
            claim = server.configuration.value.memory.map { MemoryClaim(on: $0, of: address) }
            session.eventLoop.perform { session.beginPush(exchange) }
            if head.announcedLength > server.configuration.value.maximumPayloadBytes {
                refuse(session, exchange, .tooLong)
            }
        case .upgrade: exchange.respond(.refused(.unknownSession))
        case .openWebSocket, .elsewhere: break
        }
    }

    private func found(_ id: String, _ server: EngineIOServer) -> EngineIOServerSession? {
        let session = server.session(id)
        request?.session = session
        if session == nil { request?.exchange.respond(.refused(.unknownSession)) }
        return session
    }

    private func collect(_ bytes: ByteBuffer, for session: EngineIOServerSession) {
        guard let request else { return }
        let limit = request.server.configuration.value.maximumPayloadBytes
        guard body.readableBytes + bytes.readableBytes <= limit else {
            return refuse(session, request.exchange, .tooLong)
        }
        body.writeImmutableBuffer(bytes)
        if let claim, !claim.hold(body.storageCapacity) { refuse(session, request.exchange, .noMemory) }
    }

    private func refuse(_ session: EngineIOServerSession, _ exchange: EngineIOExchange, _ response: EngineIOResponse) {
        incoming = .ignoring
        body = ByteBuffer()
        claim = nil
        session.eventLoop.perform { session.pushTooLong(exchange, response) }
    }

    /// The request is whole.
    private func end() {
        let body = body
        self.body = ByteBuffer()
        claim = nil
        if case .collecting(let session) = incoming, let exchange = request?.exchange {
            session.eventLoop.perform { session.endPush(exchange, body) }
        }
        incoming = .none
        if let request, let response = request.response { respond(response, to: request.exchange) }
    }

    /// Called by the exchange, once.
    func respond(_ response: EngineIOResponse, to exchange: EngineIOExchange) {
        guard let context, let request, request.exchange === exchange else { return }
        var isWhole = true
        if case .none = incoming {} else { isWhole = false }
        // What is too long is not waited for.
        guard isWhole || response == .tooLong || response == .noMemory else {
            self.request?.response = response
            return
        }
        self.request = nil
        // Behind a request for an upgrade NIO's decoder reads no other.
        let keepAlive = request.head.isKeepAlive && isWhole && !request.head.headers.contains(name: "upgrade")
        let head = response.head(version: request.head.version, keepAlive: keepAlive)
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        let body = response.body
        if body.readableBytes > 0, request.head.method != .HEAD {
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        if !keepAlive {
            let channel = context.channel
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: written)
    }

    private func lost() {
        incoming = .ignoring
        body = ByteBuffer()
        claim = nil
        guard let request else { return }
        self.request = nil
        guard let session = request.session else { return }
        session.eventLoop.perform { session.lost(request.exchange) }
    }
}

@available(*, unavailable)
extension EngineIOHTTPHandler: Sendable {}

extension HTTPRequestHead {
    /// 0 if none is announced. NIO lets no text through that is no number.
    fileprivate var announcedLength: Int { headers.first(name: "content-length").flatMap { Int($0) } ?? 0 }
}
