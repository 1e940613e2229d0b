internal import NIOCore
internal import NIOHTTP1

/// Closes an HTTP connection that takes more than it may: time (`RequestClock`) or headers.
///
/// It stands in front of all that answers requests, so that it sees each of them, and takes itself out of the way of an upgrade once
/// that is agreed to (`UpgradeAgreed`): to ask for one is not enough.
final class HTTPLimitHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limits: HTTPLimits
    private var clock: RequestClock
    /// The request that is coming in becomes another protocol.
    private var isUpgrade = false
    /// What passes may be of another protocol by now.
    private var isTransparent = false
    private var isAnswering = false
    private var context: ChannelHandlerContext?

    init(_ limits: HTTPLimits) {
        self.limits = limits
        clock = RequestClock(limits, at: .uptimeNanoseconds(0))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        clock = RequestClock(limits, at: context.eventLoop.now)
        arm(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isTransparent else { return context.fireChannelRead(data) }
        let now = context.eventLoop.now
        switch Self.unwrapInboundIn(data) {
        case .head:
            clock.receivedHead(at: now)
        case .body(let bytes):
            clock.receivedBody(bytes.readableBytes)
        case .end:
            clock.receivedEnd(at: now)
            guard isUpgrade else { break }
            // What comes behind it is of another protocol.
            isTransparent = true
            context.fireChannelRead(data)
            return context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
        context.fireChannelRead(data)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is UpgradeAgreed else { return context.triggerUserOutboundEvent(event, promise: promise) }
        isUpgrade = true
        promise?.succeed()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if !isTransparent {
            switch Self.unwrapOutboundIn(data) {
            case .head(let head): isAnswering = head.status.code >= 200
            case .body: break
            case .end:
                isAnswering = false
                clock.answered(at: context.eventLoop.now)
            }
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        clock.writabilityChanged(to: context.channel.isWritable, at: context.eventLoop.now)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let problem = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // The handler behind would answer, and whoever has the request's head does so, too: NIO does not bear a second answer.
        if clock.isAnsweredEarly || clock.isBodyAwaited && problem == .invalidEOFState {
            return context.close(promise: nil)
        }
        guard problem == .headerOverflow else { return context.fireErrorCaught(error) }
        limits.onExcess(.headerTooLarge)
        // RFC 6585 §5. NIO's decoder reads no more.
        if !isAnswering {
            let headers: HTTPHeaders = ["connection": "close", "content-length": "0"]
            let head = HTTPResponseHead(version: .http1_1, status: .requestHeaderFieldsTooLarge, headers: headers)
            context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }

    /// One timer, which looks at what has happened since; cancelling one at each request would cost more.
    private func arm(_ context: ChannelHandlerContext) {
        let deadline = clock.deadline?.at ?? context.eventLoop.now + limits.requestTimeout
        context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            self?.timerFired()
        }
    }

    private func timerFired() {
        guard let context, context.channel.isActive else { return }
        guard let deadline = clock.deadline, context.eventLoop.now >= deadline.at else { return arm(context) }
        limits.onExcess(deadline.excess)
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension HTTPLimitHandler: Sendable {}

/// An outbound event: the request that is coming in is to become another protocol, and nothing is in the way of that.
struct UpgradeAgreed {}
