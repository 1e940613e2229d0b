internal import Base
internal import NIOCore
internal import NIOPosix

extension MailRelay {
    /// Opens a connection. Everything is called on the event loop.
    /// - Parameter onEvent: `closed` is the last event, and always comes.
    /// - Returns: the handler to give messages to, once it has said that it is ready.
    func connect(
        on eventLoop: any EventLoop,
        onLine: ((SMTPLine) -> Void)? = nil,
        onEvent: @escaping (SMTPClientHandler.Event) -> Void
    ) -> SMTPClientHandler {
        let handler = SMTPClientHandler(settings, makeTLS: makeTLS, onLine: onLine, onEvent: onEvent)
        let bound = NIOLoopBound(handler, eventLoop: eventLoop)
        let end = NIOLoopBound(onEvent, eventLoop: eventLoop)
        let name = settings.serverName
        ClientBootstrap(group: eventLoop)
            .connectTimeout(.microseconds(settings.timeouts.connection.microseconds))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    if settings.security == .implicit { try channel.pipeline.syncOperations.addHandler(makeTLS()) }
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(host: host, port: port)
            .whenFailure { error in end.value(.closed(reason: "\(name): \(SMTPClientHandler.words(error))")) }
        return handler
    }
}
