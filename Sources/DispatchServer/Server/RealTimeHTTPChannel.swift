internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import ServiceLifecycle
internal import SocketIO

/// A connection that either carries a Socket.IO session over WebSocket, by upgrade, or is plain HTTP, for polling and
/// for the router: one port for all.
struct RealTimeHTTPChannel: HTTPChannelHandler {
    /// What a connection has become.
    enum Negotiated: Sendable {
        /// It is looked after elsewhere: a session's, or one that is refused.
        case session
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    }

    struct Value: ServerChildChannelValue {
        let channel: any Channel
        /// Not awaited in `setup`: the next connection must not wait for this one's first request.
        let negotiated: EventLoopFuture<Negotiated>
    }

    let realTime: EngineIOServer
    let connections: ConnectionGate
    let limits: HTTPLimits
    let makeDoor: @Sendable () -> DoorHandler
    let responder: HTTPChannelHandler.Responder

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            guard connections.admit(channel) else {
                try channel.pipeline.syncOperations.addHandler(RefusedConnectionHandler())
                return Value(channel: channel, negotiated: channel.closeFuture.map { .session })
            }
            let negotiated = try channel.pipeline.syncOperations.configureEngineIOServer(
                [realTime],
                limits: limits,
                upgraded: Negotiated.session,
                continueWithHTTP: Self.continueWithHTTP
            )
            // Behind what has a request wait for the answer to the one before, in front of all that reads or answers one.
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(
                makeDoor(),
                position: .after(pipeline.handler(type: HTTPServerPipelineHandler.self))
            )
            return Value(channel: channel, negotiated: negotiated)
        }
    }

    @Sendable private static func continueWithHTTP(_ channel: any Channel) -> EventLoopFuture<Negotiated> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            return .http(
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            )
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            // A request whose head never comes whole must not hold a shutdown up.
            let negotiated = try await withTaskCancellationOrGracefulShutdownHandler {
                try await value.negotiated.get()
            } onCancelOrGracefulShutdown: {
                value.channel.close(promise: nil)
            }
            switch negotiated {
            case .session: break
            case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
            }
        } catch {
            logger.debug("a connection ended before its first request", metadata: ["error": "\(error)"])
            value.channel.close(promise: nil)
        }
    }
}
