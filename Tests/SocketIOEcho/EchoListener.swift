import NIOCore
import NIOHTTP1
import NIOPosix
import SocketIO

/// Takes connections for servers of different paths.
struct EchoListener: Sendable {
    private let servers: [EngineIOServer]

    init(_ servers: [EngineIOServer]) {
        self.servers = servers
    }

    /// 128 bits.
    @Sendable static func makeID() -> String {
        let halves = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
        return halves.map { String($0, radix: 36) }.joined(separator: "-")
    }

    /// On IPv4's loopback address, and on IPv6's where there is one: `localhost` may be either.
    ///
    /// - Returns: the port.
    func listen(port: Int, _ group: some EventLoopGroup) async throws -> Int {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try configure(channel) }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
        let port = channel.localAddress?.port ?? port
        _ = try? await bootstrap.bind(host: "::1", port: port).get()
        return port
    }

    private func configure(_ channel: any Channel) throws {
        _ = try channel.pipeline.syncOperations.configureEngineIOServer(
            servers,
            limits: HTTPLimits(),
            upgraded: (),
            continueWithHTTP: { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NotFoundHandler())
                }
            }
        )
    }
}

/// There is nothing else here.
private final class NotFoundHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let head = HTTPResponseHead(version: .http1_1, status: .notFound, headers: ["connection": "close"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
