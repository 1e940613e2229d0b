public import NIOCore
internal import NIOHTTP1

extension ChannelPipeline.SynchronousOperations {
    /// Sets a fresh channel up as the server's end of a connection that may bring requests for Engine.IO, over polling
    /// and over WebSocket, and any other HTTP/1.1.
    ///
    /// - Parameters:
    ///   - servers: of different paths.
    ///   - limits: on a connection while it speaks HTTP; `nil`: none but NIO's on headers.
    ///   - upgraded: the result for a connection that has become a WebSocket.
    ///   - continueWithHTTP: adds the handlers of `HTTPServerRequestPart`s for all other requests; called when the first
    ///     of them comes.
    /// - Returns: what has become of the connection, once that is clear. One that only ever polls never is.
    public func configureEngineIOServer<Result: Sendable>(
        _ servers: [EngineIOServer],
        limits: HTTPLimits?,
        upgraded: Result,
        continueWithHTTP: @escaping @Sendable (any Channel) -> EventLoopFuture<Result>
    ) throws -> EventLoopFuture<Result> {
        let upgrade = NIOTypedHTTPServerUpgradeConfiguration(
            upgraders: [EngineIOServerUpgrader(servers, result: upgraded)],
            notUpgradingCompletionHandler: continueWithHTTP
        )
        var configuration = NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrade)
        if let limits {
            configuration.decoderConfiguration.maxHeaderListSize = limits.maximumHeaderBytes
            configuration.decoderConfiguration.maxHeaderFieldSize = limits.maximumHeaderBytes
        }
        let result = try configureUpgradableHTTPServerPipeline(configuration: configuration)
        let upgrader = try handler(type: NIOTypedHTTPServerUpgradeHandler<Result>.self)
        if let limits {
            // Before the handler that answers all errors with 400.
            let errors = try handler(type: HTTPServerProtocolErrorHandler.self)
            try addHandler(HTTPLimitHandler(limits), position: .before(errors))
        }
        try addHandler(EngineIOHTTPHandler(servers), position: .before(upgrader))
        return result
    }
}
