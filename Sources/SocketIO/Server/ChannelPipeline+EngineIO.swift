public import NIOCore
internal import NIOHTTP1

extension ChannelPipeline.SynchronousOperations {
    /// Sets a fresh channel up as the server's end of a connection that may bring requests for Engine.IO, over polling
    /// and over WebSocket, and any other HTTP/1.1.
    ///
    /// - Parameters:
    ///   - servers: of different paths.
    ///   - idleTimeout: how long a connection may be silent while it is the client's turn to speak HTTP.
    ///   - upgraded: the result for a connection that has become a WebSocket.
    ///   - continueWithHTTP: adds the handlers of `HTTPServerRequestPart`s for all other requests; called when the first
    ///     of them comes.
    /// - Returns: what has become of the connection, once that is clear. One that only ever polls never is.
    public func configureEngineIOServer<Result: Sendable>(
        _ servers: [EngineIOServer],
        idleTimeout: TimeAmount?,
        upgraded: Result,
        continueWithHTTP: @escaping @Sendable (any Channel) -> EventLoopFuture<Result>
    ) throws -> EventLoopFuture<Result> {
        let upgrade = NIOTypedHTTPServerUpgradeConfiguration(
            upgraders: [EngineIOServerUpgrader(servers, result: upgraded)],
            notUpgradingCompletionHandler: continueWithHTTP
        )
        let result = try configureUpgradableHTTPServerPipeline(configuration: .init(upgradeConfiguration: upgrade))
        let upgrader = try handler(type: NIOTypedHTTPServerUpgradeHandler<Result>.self)
        if let idleTimeout {
            try addHandler(IdleConnectionHandler(timeout: idleTimeout), position: .before(upgrader))
        }
        try addHandler(EngineIOHTTPHandler(servers), position: .before(upgrader))
        return result
    }
}
