internal import NIOCore
internal import NIOEmbedded
internal import SocketIO

/// A server in memory, whose connections are fed with bytes.
final class FuzzServer {
    static let maximumQueuedBytes = 40_000

    let loop = EmbeddedEventLoop()
    let host = FuzzHost()
    private let server: EngineIOServer

    init() {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumPayloadBytes = 20_000
        configuration.engine.maximumQueuedBytes = Self.maximumQueuedBytes
        configuration.namespaces = ["/", "/custom"]
        server = EngineIOServer(configuration, delegate: host, makeID: { "id" })
    }

    func connect() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(loop: loop)
        _ = try channel.pipeline.syncOperations.configureEngineIOServer(
            [server],
            limits: HTTPLimits(),
            upgraded: (),
            continueWithHTTP: { channel in channel.close() }
        )
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/fuzz"), promise: nil)
        return channel
    }

    static func webSocketRequest(_ query: String = "") -> [UInt8] {
        Array(
            ("GET /socket.io/?EIO=4&transport=websocket\(query) HTTP/1.1\r\nHost: fuzz\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .utf8
        )
    }

    /// Long enough for every timer; then nothing is left over but what leaks.
    func end() { loop.advanceTime(by: .minutes(10)) }
}

extension EmbeddedChannel {
    /// What the other end of the connection sends. A pipeline may refuse bytes with an error; then it has closed, or will.
    func receive(_ bytes: [UInt8]) {
        guard isActive else { return }
        _ = try? writeInbound(ByteBuffer(bytes: bytes))
    }

    /// What the other end of the connection gets.
    func sent() throws -> [UInt8] {
        embeddedEventLoop.run()
        var bytes: [UInt8] = []
        while true {
            do {
                guard let buffer = try readOutbound(as: ByteBuffer.self) else { return bytes }
                bytes += buffer.readableBytesView
            } catch  where !isActive {
                // NIO answers half a request while the pipeline is taken down, its encoder being gone. A socket that is closed
                // takes no such thing; an embedded channel does.
            }
        }
    }
}
