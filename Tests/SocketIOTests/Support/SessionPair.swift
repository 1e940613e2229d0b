import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOWebSocket
import SocketIO
import Testing

/// A server and a client, each in an embedded channel, on one loop and joined by hand. Bytes move when told to.
final class SessionPair {
    let loop = EmbeddedEventLoop()
    let server: EmbeddedChannel
    let client: EmbeddedChannel
    let serverHost = ServerRecorder()
    let clientHost = ClientRecorder()

    /// Connected, all the way from the HTTP request to the namespace.
    init(
        server serverConfiguration: SocketIOServerConfiguration = .init(),
        client clientConfiguration: SocketIOClientConfiguration = .init(),
        admission: SocketIOAdmission = .accept
    ) throws {
        server = EmbeddedChannel(loop: loop)
        client = EmbeddedChannel(loop: loop)
        serverHost.admission = admission
        let address = try SocketAddress(unixDomainSocketPath: "/pair")
        try server.connect(to: address).wait()
        try upgradableServer(serverConfiguration)
        let clientHost = NIOLoopBound(clientHost, eventLoop: loop)
        _ = try client.pipeline.syncOperations.upgradeToSocketIO(
            request: clientConfiguration.upgradeRequest(host: "pair"),
            requestKey: "dGhlIHNhbXBsZSBub25jZQ=="
        ) { channel in
            let handler = SocketIOClientHandler(
                configuration: clientConfiguration,
                delegate: clientHost.value,
                timer: EventLoopSessionTimer(channel.eventLoop),
                makeMask: { 0x37FA_213D }
            )
            return (handler, ())
        }
        try client.connect(to: address).wait()
        try exchange()
    }

    private func upgradableServer(_ configuration: SocketIOServerConfiguration) throws {
        let ids = NIOLockedValueBox(0)
        let sessions = EngineIOServer(
            configuration,
            delegate: serverHost,
            makeID: {
                ids.withLockedValue { ids in
                    ids += 1
                    return "session-\(ids)-of-20-chars"
                }
            }
        )
        _ = try server.pipeline.syncOperations.configureEngineIOServer(
            [sessions],
            limits: nil,
            upgraded: (),
            continueWithHTTP: { channel in channel.eventLoop.makeSucceededVoidFuture() }
        )
    }

    var serverSession: SocketIOServerSession {
        get throws { try #require(serverHost.sessions.last) }
    }

    var clientSession: SocketIOClientHandler {
        get throws { try #require(clientHost.session) }
    }

    /// Lets bytes go both ways until there are none, and ends of connections after them.
    func exchange() throws {
        var isQuiet = false
        while !isQuiet {
            loop.run()
            let moved = try [move(from: server, to: client), move(from: client, to: server)]
            isQuiet = moved == [false, false]
        }
        if !server.isActive, client.isActive { try close(client) }
        if !client.isActive, server.isActive { try close(server) }
    }

    /// Flushes both ends first, as hosts do after sending outside of a callback.
    func flushAndExchange() throws {
        serverHost.sessions.last?.flush()
        clientHost.session?.flush()
        try exchange()
    }

    func advance(by amount: TimeAmount) {
        loop.advanceTime(by: amount)
    }

    private func move(from source: EmbeddedChannel, to target: EmbeddedChannel) throws -> Bool {
        guard let bytes = try source.readOutbound(as: ByteBuffer.self) else { return false }
        if target.isActive { try target.writeInbound(bytes) }
        return true
    }

    private func close(_ channel: EmbeddedChannel) throws {
        channel.close(promise: nil)
        loop.run()
    }
}
