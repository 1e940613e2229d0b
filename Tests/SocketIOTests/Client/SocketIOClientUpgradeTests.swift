import NIOCore
import NIOEmbedded
import NIOHTTP1
import SocketIO
import Testing

@Suite struct SocketIOClientUpgradeTests {
    private let loop = EmbeddedEventLoop()
    private let host = ClientRecorder()

    private func answered(
        with answer: String,
        and bytes: ByteBuffer = ByteBuffer()
    ) throws -> (channel: EmbeddedChannel, result: EventLoopFuture<Void>) {
        let channel = EmbeddedChannel(loop: loop)
        let configuration = SocketIOClientConfiguration()
        let boundHost = NIOLoopBound(host, eventLoop: loop)
        let result = try channel.pipeline.syncOperations.upgradeToSocketIO(
            request: configuration.upgradeRequest(host: "localhost"),
            requestKey: "dGhlIHNhbXBsZSBub25jZQ=="
        ) { channel in
            let handler = SocketIOClientHandler(
                configuration: configuration,
                delegate: boundHost.value,
                timer: EventLoopSessionTimer(channel.eventLoop),
                makeMask: { 0 }
            )
            return (handler, ())
        }
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/client")).wait()
        let request = try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
        #expect(request?.hasPrefix("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n") == true)
        #expect(request?.contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") == true)
        while try channel.readOutbound(as: ByteBuffer.self) != nil {}
        var answer = ByteBuffer(string: answer)
        answer.writeImmutableBuffer(bytes)
        _ = try? channel.writeInbound(answer)  // a refusal comes out here, too
        loop.run()
        return (channel, result)
    }

    private static let agreement = """
        HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n
        """

    @Test("a handshake in the same bytes as the agreement is not lost") func together() throws {
        let handshake = #"0{"sid":"a","pingInterval":1,"pingTimeout":1}"#
        let (channel, result) = try answered(
            with: Self.agreement,
            and: ByteBuffer(bytes: [0x81, UInt8(handshake.utf8.count)] + handshake.utf8)
        )
        try result.wait()
        let frame = try channel.readOutbound(as: ByteBuffer.self).map { Array($0.readableBytesView) }
        #expect(frame == [0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30])
    }

    @Test("a refusal closes the channel and says so") func refused() throws {
        let (channel, result) = try answered(with: "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        #expect(throws: SocketIOUpgradeRefused.self) { try result.wait() }
        #expect(!channel.isActive)
        #expect(host.log.isEmpty)
    }
}
