public import NIOCore
public import NIOHTTP1
internal import NIOWebSocket

/// Asks a server to turn the HTTP connection into a Socket.IO session over WebSocket (RFC 6455 §4.1).
final class SocketIOClientUpgrader<UpgradeResult: Sendable>: NIOTypedHTTPClientProtocolUpgrader {
    let supportedProtocol = "websocket"
    let requiredUpgradeHeaders: [String] = []

    /// The handshake is NIO's. What it does after it is not ours: it adds codecs.
    private let handshake: NIOTypedWebSocketClientUpgrader<Void>
    private let makeSession: @Sendable (any Channel) throws -> (SocketIOClientHandler, UpgradeResult)

    init(
        requestKey: String,
        makeSession: @escaping @Sendable (any Channel) throws -> (SocketIOClientHandler, UpgradeResult)
    ) {
        handshake = NIOTypedWebSocketClientUpgrader(
            requestKey: requestKey,
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        )
        self.makeSession = makeSession
    }

    func addCustom(upgradeRequestHeaders: inout HTTPHeaders) {
        handshake.addCustom(upgradeRequestHeaders: &upgradeRequestHeaders)
    }

    func shouldAllowUpgrade(upgradeResponse: HTTPResponseHead) -> Bool {
        handshake.shouldAllowUpgrade(upgradeResponse: upgradeResponse)
    }

    func upgrade(channel: any Channel, upgradeResponse: HTTPResponseHead) -> EventLoopFuture<UpgradeResult> {
        channel.eventLoop.makeCompletedFuture {
            let (session, result) = try makeSession(channel)
            try channel.pipeline.syncOperations.addSocketIOClient(session)
            return result
        }
    }
}

/// The server answered the upgrade with something else than 101.
public struct SocketIOUpgradeRefused: Error, Hashable, Sendable {}

extension ChannelPipeline.SynchronousOperations {
    /// Makes an upgraded channel a Socket.IO session over WebSocket.
    public func addSocketIOClient(_ session: SocketIOClientHandler) throws {
        try addHandler(session)
    }

    /// Sets a fresh channel up to send the upgrade's request and to become a session when the server agrees.
    ///
    /// - Parameters:
    ///   - requestKey: the `Sec-WebSocket-Key`: 16 random bytes in base64.
    ///   - makeSession: called on the channel's event loop once the server has agreed.
    /// - Returns: what `makeSession` returned; `SocketIOUpgradeRefused`, with the channel closed, if the server did not
    ///   agree.
    public func upgradeToSocketIO<UpgradeResult: Sendable>(
        request: HTTPRequestHead,
        requestKey: String,
        makeSession: @escaping @Sendable (any Channel) throws -> (SocketIOClientHandler, UpgradeResult)
    ) throws -> EventLoopFuture<UpgradeResult> {
        let upgrader = SocketIOClientUpgrader(requestKey: requestKey, makeSession: makeSession)
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
            upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration(
                upgradeRequestHead: request,
                upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    channel.close().flatMapThrowing { throw SocketIOUpgradeRefused() }
                }
            )
        )
        // The handshake's packet may come in the same bytes as the answer to the upgrade.
        configuration.leftOverBytesStrategy = .forwardBytes
        return try configureUpgradableHTTPClientPipeline(configuration: configuration)
    }
}
