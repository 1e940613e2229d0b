public import NIOCore
public import NIOHTTP1
internal import NIOWebSocket

/// Turns an HTTP connection into a Socket.IO session over WebSocket, if the request is one for it
/// (`EngineIORequest`). For `configureUpgradableHTTPServerPipeline`; whoever completes the connections that are not
/// upgraded answers the refused ones, with `EngineIORefusal.body`.
public final class SocketIOServerUpgrader<UpgradeResult: Sendable>: NIOTypedHTTPServerProtocolUpgrader {
    public let supportedProtocol = "websocket"
    public let requiredUpgradeHeaders: [String] = []

    /// The handshake of RFC 6455 §4.2 is NIO's. What it does after it is not ours: it adds codecs.
    private let handshake: NIOTypedWebSocketServerUpgrader<Void>
    private let makeSession: @Sendable (any Channel, HTTPRequestHead) throws -> (SocketIOServerHandler, UpgradeResult)

    /// - Parameter makeSession: called on the channel's event loop, for each connection that is upgraded.
    public init(
        path: String = "/socket.io/",
        makeSession: @escaping @Sendable (any Channel, HTTPRequestHead) throws -> (SocketIOServerHandler, UpgradeResult)
    ) {
        handshake = NIOTypedWebSocketServerUpgrader(
            shouldUpgrade: { channel, head in
                let isOurs = EngineIORequest(head, path: path) == .webSocket
                return channel.eventLoop.makeSucceededFuture(isOurs ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        )
        self.makeSession = makeSession
    }

    public func buildUpgradeResponse(
        channel: any Channel,
        upgradeRequest: HTTPRequestHead,
        initialResponseHeaders: HTTPHeaders
    ) -> EventLoopFuture<HTTPHeaders> {
        handshake.buildUpgradeResponse(
            channel: channel,
            upgradeRequest: upgradeRequest,
            initialResponseHeaders: initialResponseHeaders
        )
    }

    public func upgrade(channel: any Channel, upgradeRequest: HTTPRequestHead) -> EventLoopFuture<UpgradeResult> {
        channel.eventLoop.makeCompletedFuture {
            let (session, result) = try makeSession(channel, upgradeRequest)
            try channel.pipeline.syncOperations.addSocketIOServer(session)
            return result
        }
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// Makes an upgraded channel a Socket.IO session over WebSocket.
    public func addSocketIOServer(_ session: SocketIOServerHandler) throws {
        try addHandler(session)
    }
}
