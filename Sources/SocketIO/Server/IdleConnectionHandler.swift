internal import NIOCore
internal import NIOHTTP1

/// Closes an HTTP connection that has been silent for too long while it is the client's turn: between two requests, or
/// within one. A request that waits for its answer, as a poll does, may take as long as it likes.
///
/// It stands in front of all that answers requests, so that it sees each of them, and takes itself out of the way of an
/// upgrade once the request for it is whole: not before, or one that only asks could take for ever.
final class IdleConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let timeout: TimeAmount
    private var silentSince = NIODeadline.uptimeNanoseconds(0)
    private var isRequestWhole = false
    private var isAnswered = true
    private var asksForUpgrade = false
    private var context: ChannelHandlerContext?

    init(timeout: TimeAmount) {
        self.timeout = timeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        silentSince = context.eventLoop.now
        arm(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        silentSince = context.eventLoop.now
        switch Self.unwrapInboundIn(data) {
        case .head(let head):
            (isRequestWhole, isAnswered) = (false, false)
            asksForUpgrade = head.headers.contains(name: "upgrade")
        case .body: break
        case .end: isRequestWhole = true
        }
        context.fireChannelRead(data)
        // Nothing comes behind it but another protocol, or the end.
        if isRequestWhole, asksForUpgrade { context.pipeline.syncOperations.removeHandler(self, promise: nil) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = Self.unwrapOutboundIn(data) {
            isAnswered = true
            silentSince = context.eventLoop.now
        }
        context.write(data, promise: promise)
    }

    /// One timer, which looks at what has happened since; cancelling one at each request would cost more.
    private func arm(_ context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().scheduleTask(deadline: silentSince + timeout) { [weak self] in
            self?.timerFired()
        }
    }

    private func timerFired() {
        guard let context, context.channel.isActive else { return }
        let now = context.eventLoop.now
        if isRequestWhole, !isAnswered { silentSince = now }
        if now >= silentSince + timeout {
            context.close(promise: nil)
        } else {
            arm(context)
        }
    }
}
