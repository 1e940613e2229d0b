internal import Base
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import SocketIO

/// Carries out what the `Door` says, on each connection, before anybody else sees a request: refuses, answers browsers that ask
/// whether they may ask (Fetch Standard, "CORS-preflight request"), and asks for bodies that wait for it. All answers pass it on
/// their way out, and get what every answer has.
final class DoorHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// Requests go in.
        case open
        /// The request that comes in is answered already, and the connection ends behind it.
        case refused(Written)
        /// A preflight is answered; what belongs to it is for nobody.
        case preflight
        /// WebSocket from now on.
        case upgraded
    }

    /// How much of a refused request has been seen to.
    private struct Written {
        var isRequestWhole = false
        var isAnswerSent = false
    }

    /// How long a client may go on sending what nobody takes; closing at once could take the answer back from it.
    private static let patience = TimeAmount.seconds(2)

    private let door: Door
    private let metrics: ServerMetrics
    private let logger: Logger
    private var state = State.open
    /// What the answer says to the page that asked.
    private var reader: String?

    init(_ door: Door, metrics: ServerMetrics, logger: Logger) {
        self.door = door
        self.metrics = metrics
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .upgraded:
            context.fireChannelRead(data)
        case .refused(var written):
            guard case .end = Self.unwrapInboundIn(data) else { return }
            written.isRequestWhole = true
            proceed(written, context.channel)
        case .preflight:
            if case .end = Self.unwrapInboundIn(data) { state = .open }
        case .open:
            guard case .head(let head) = Self.unwrapInboundIn(data) else { return context.fireChannelRead(data) }
            received(head, data, context)
        }
    }

    /// Nobody behind has heard of a request that is answered here: told that it did not come whole, the application would answer it, too,
    /// and NIO does not bear a second answer.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .refused, .preflight: context.close(promise: nil)
        case .open, .upgraded: context.fireErrorCaught(error)
        }
    }

    private func received(_ head: HTTPRequestHead, _ data: NIOAny, _ context: ChannelHandlerContext) {
        reader = door.reader(head)
        if let refusal = door.judge(head) { return refuse(head, refusal, context) }
        if head.method == .OPTIONS, head.headers.contains(name: "origin") {
            state = .preflight
            return answerPreflight(head, context)
        }
        if door.invitesBody(of: head) {
            context.writeAndFlush(
                Self.wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: .continue))),
                promise: nil
            )
        }
        context.fireChannelRead(data)
    }

    private func refuse(_ head: HTTPRequestHead, _ refusal: DoorRefusal, _ context: ChannelHandlerContext) {
        state = .refused(Written())
        metrics.exceeded(refusal.status == .contentTooLarge ? .body : .door)
        logger.info("refused at the door", metadata: ["reason": "\(refusal.message)"])
        let body: ByteBuffer
        var headers: HTTPHeaders = ["connection": "close"]
        if door.isSocketIO(head) {
            // The reference implementation's code for what a host does not allow.
            body = ByteBuffer(string: JSON.object(["code": 4, "message": .string(refusal.message)]).text)
            headers.add(name: "content-type", value: "application/json")
        } else {
            var entropy = SystemRandomNumberGenerator()
            let correlation = UniqueID(using: &entropy)
            let error = APIError(status: refusal.status, code: refusal.code, message: refusal.message)
            body = error.json(correlation: correlation).buffer
            headers.add(name: "content-type", value: "application/json; charset=utf-8")
            headers.add(name: "x-correlation-id", value: correlation.description)
        }
        headers.add(name: "content-length", value: "\(body.readableBytes)")
        let status = HTTPResponseStatus(statusCode: refusal.status.code)
        let answer = HTTPResponseHead(version: head.version, status: status, headers: headers)
        context.write(Self.wrapOutboundOut(.head(complete(answer))), promise: nil)
        if head.method != .HEAD { context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        let channel = context.channel
        let sent = context.eventLoop.makePromise(of: Void.self)
        let isolated = sent.futureResult.assumeIsolated()
        isolated.whenComplete { [weak self] _ in
            guard let self, case .refused(var written) = self.state else { return }
            written.isAnswerSent = true
            self.proceed(written, channel)
        }
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: sent)
        context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    private func proceed(_ written: Written, _ channel: any Channel) {
        state = .refused(written)
        if written.isRequestWhole, written.isAnswerSent { channel.close(promise: nil) }
    }

    private func answerPreflight(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let headers: HTTPHeaders = [
            "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
            "access-control-allow-headers": "accept, authorization, content-type, idempotency-key",
            "access-control-max-age": "600",
        ]
        let answer = HTTPResponseHead(version: head.version, status: .noContent, headers: headers)
        context.write(Self.wrapOutboundOut(.head(complete(answer))), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch state {
        case .open: break
        case .upgraded:
            context.write(data, promise: promise)
            // The answer is whole: WebSocket's frames need not pass here.
            return context.pipeline.syncOperations.removeHandler(self, promise: nil)
        case .refused, .preflight: return context.write(data, promise: promise)
        }
        guard case .head(let head) = Self.unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        // What follows is no HTTP any more.
        if head.status == .switchingProtocols { state = .upgraded }
        context.write(Self.wrapOutboundOut(.head(complete(head))), promise: promise)
    }

    /// An answer with what every answer has, unless it says otherwise itself.
    private func complete(_ head: HTTPResponseHead) -> HTTPResponseHead {
        guard head.status != .switchingProtocols, head.status.code >= 200 else { return head }
        var head = head
        for (name, value) in Self.always where !head.headers.contains(name: name) {
            head.headers.add(name: name, value: value)
        }
        if reader != "*" { head.headers.add(name: "vary", value: "Origin") }
        if let reader { head.headers.add(name: "access-control-allow-origin", value: reader) }
        return head
    }

    private static let always = [
        ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cache-control", "no-store"),
    ]
}

@available(*, unavailable)
extension DoorHandler: Sendable {}
