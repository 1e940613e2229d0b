internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

/// Turns an HTTP connection into one that carries a session over WebSocket. `EngineIOHTTPHandler` stands before it and
/// lets no upgrade through that is to be refused.
final class EngineIOServerUpgrader<UpgradeResult: Sendable>: NIOTypedHTTPServerProtocolUpgrader {
    let supportedProtocol = "websocket"
    let requiredUpgradeHeaders: [String] = []

    private let servers: [EngineIOServer]
    private let result: UpgradeResult
    /// The handshake of RFC 6455 §4.2 is NIO's. What it does after it is not ours: it adds codecs.
    private let handshake: NIOTypedWebSocketServerUpgrader<Void>

    /// - Parameters:
    ///   - servers: of different paths.
    ///   - result: what the pipeline's configuration is to know an upgraded connection by.
    init(_ servers: [EngineIOServer], result: UpgradeResult) {
        self.servers = servers
        self.result = result
        handshake = NIOTypedWebSocketServerUpgrader(
            shouldUpgrade: { channel, head in
                let isOurs = servers.contains { $0.takesWebSocket(for: head) }
                var headers = HTTPHeaders()
                if let subprotocol = EngineIORequest.subprotocol(head) {
                    headers.add(name: "sec-websocket-protocol", value: subprotocol)
                }
                return channel.eventLoop.makeSucceededFuture(isOurs ? headers : nil)
            },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        )
    }

    func buildUpgradeResponse(
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

    func upgrade(channel: any Channel, upgradeRequest: HTTPRequestHead) -> EventLoopFuture<UpgradeResult> {
        channel.eventLoop.makeCompletedFuture {
            for server in servers {
                guard let handler = server.webSocket(for: upgradeRequest, channel) else { continue }
                try channel.pipeline.syncOperations.addHandler(handler)
                return result
            }
            // The session has ended since it was looked for.
            channel.close(promise: nil)
            return result
        }
    }
}

extension EngineIOServer {
    fileprivate func takesWebSocket(for head: HTTPRequestHead) -> Bool {
        switch EngineIORequest(head, path: path) {
        case .openWebSocket: true
        case .upgrade(let id): session(id) != nil
        default: false
        }
    }

    /// The handler for a connection that has just been upgraded.
    fileprivate func webSocket(for head: HTTPRequestHead, _ channel: any Channel) -> WebSocketServerHandler? {
        switch EngineIORequest(head, path: path) {
        case .openWebSocket: webSocket(for: makeSession(for: channel, of: address(of: head, channel)), head, channel)
        case .upgrade(let id): session(id).map { webSocket(for: $0, head, channel) }
        default: nil
        }
    }

    private func webSocket(
        for session: EngineIOServerSession,
        _ head: HTTPRequestHead,
        _ channel: any Channel
    ) -> WebSocketServerHandler {
        let isNear = session.eventLoop === channel.eventLoop
        return WebSocketServerHandler(
            configuration.value,
            receiver: isNear ? session : WebSocketBridge(session, channel),
            address: address(of: head, channel)
        )
    }
}
