internal import NIOConcurrencyHelpers
internal import NIOCore
internal import SocketIO

/// Lets connections in until there are as many as may be, in all and from one address.
final class ConnectionGate: Sendable {
    private let limits: ServerLimits
    private let proxies: TrustedProxies
    private let metrics: ServerMetrics
    private let counts = NIOLockedValueBox(ConnectionCounts())

    /// - Parameter proxies: whose connections are those of many.
    init(_ limits: ServerLimits, proxies: TrustedProxies, metrics: ServerMetrics) {
        self.limits = limits
        self.proxies = proxies
        self.metrics = metrics
    }

    var openCount: Int { counts.withLockedValue { $0.total } }

    /// False for a connection that is one too many.
    func admit(_ channel: any Channel) -> Bool {
        let address = channel.peer
        var limits = limits
        if proxies.contains(address) { limits.connectionsPerAddress = nil }
        if let excess = counts.withLockedValue({ [limits] in $0.open(address, limits) }) {
            metrics.exceeded(excess)
            return false
        }
        channel.closeFuture.whenComplete { [counts] _ in counts.withLockedValue { $0.close(address) } }
        return true
    }
}

/// Answers whatever is asked with 503 and closes: to a connection that is one too many. It waits for the first bytes, since
/// closing over unread ones would take the answer back.
final class RefusedConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// After that it closes without having been asked.
    private static let patience = TimeAmount.seconds(2)
    private static let answer = """
        HTTP/1.1 503 Service Unavailable\r
        retry-after: 5\r
        connection: close\r
        cache-control: no-store\r
        referrer-policy: no-referrer\r
        x-content-type-options: nosniff\r
        content-type: application/json; charset=utf-8\r
        content-length: \(body.utf8.count)\r
        \r
        \(body)
        """
    private static let body =
        #"{"error":{"code":"too-many-connections","message":"too many connections are open","details":[]}}"#

    private var hasAnswered = false

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasAnswered else { return }
        hasAnswered = true
        let channel = context.channel
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: Self.answer)), promise: written)
    }
}

@available(*, unavailable)
extension RefusedConnectionHandler: Sendable {}
