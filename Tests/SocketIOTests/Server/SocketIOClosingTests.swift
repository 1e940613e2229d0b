import Base
import NIOCore
import NIOEmbedded
import SocketIO
import Testing

/// How sessions end, at both ends, and that each end is told once.
@Suite struct SocketIOClosingTests {
    @Test("a server throws a client out") func serverCloses() throws {
        let pair = try SessionPair()
        try pair.serverSession.close()
        try pair.exchange()
        #expect(
            pair.serverHost.log.dropFirst() == [
                "disconnected / server namespace disconnect", "closed server namespace disconnect",
            ]
        )
        #expect(pair.clientHost.log.dropFirst() == ["disconnected server namespace disconnect"])
        #expect(!pair.client.isActive)
    }

    @Test("a server goes away") func serverShutsDown() throws {
        let pair = try SessionPair()
        try pair.serverSession.close(.serverShuttingDown)
        try pair.exchange()
        #expect(
            pair.serverHost.log.dropFirst() == ["disconnected / server shutting down", "closed server shutting down"]
        )
        #expect(pair.clientHost.log.dropFirst() == ["disconnected transport close"])
    }

    @Test("a client leaves") func clientCloses() throws {
        let pair = try SessionPair()
        try pair.clientSession.close()
        try pair.exchange()
        #expect(pair.clientHost.log.dropFirst() == ["disconnected client namespace disconnect"])
        #expect(
            pair.serverHost.log.dropFirst() == ["disconnected / client namespace disconnect", "closed transport close"]
        )
        #expect(!pair.server.isActive)
    }

    @Test("a connection is lost") func lost() throws {
        let pair = try SessionPair()
        pair.server.close(promise: nil)
        try pair.exchange()
        #expect(pair.serverHost.log.dropFirst() == ["disconnected / transport close", "closed transport close"])
        #expect(pair.clientHost.log.dropFirst() == ["disconnected transport close"])
    }

    @Test("a client that closes its half of the connection has left") func halfClosed() throws {
        let pair = try SessionPair()
        pair.server.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(pair.serverHost.log.dropFirst() == ["disconnected / transport close", "closed transport close"])
        #expect(!pair.server.isActive)
    }

    @Test("pings are answered, and sessions live on") func heartbeat() throws {
        let pair = try SessionPair()
        for _ in 0..<100 {
            pair.advance(by: .seconds(10))
            try pair.exchange()
        }
        #expect(try pair.serverSession.isOpen)
        #expect(try pair.clientSession.isConnected)
    }

    @Test("a client that does not answer pings is given up, and a server that sends none") func silence() throws {
        let pair = try SessionPair()
        pair.advance(by: .seconds(44))
        #expect(try pair.serverSession.isOpen)
        #expect(try pair.clientSession.isConnected)
        pair.advance(by: .seconds(1))
        #expect(pair.serverHost.log.dropFirst() == ["disconnected / ping timeout", "closed ping timeout"])
        #expect(pair.clientHost.log.dropFirst() == ["disconnected ping timeout"])
        #expect(!pair.server.isActive)
        #expect(!pair.client.isActive)
    }

    @Test("a client that joins nothing is given up") func joinsNothing() throws {
        let host = ServerRecorder()
        let server = try RawSession(host)
        server.loop.advanceTime(by: .seconds(25))
        try server.receiveText("3")
        server.loop.advanceTime(by: .seconds(19))
        #expect(host.log.isEmpty)
        server.loop.advanceTime(by: .seconds(1))
        #expect(host.log == ["closed connect timeout"])
    }

    @Test("a client that does not read is cut off at the limit, and only it") func slowConsumer() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumQueuedBytes = 1400
        let slow = try SessionPair(server: configuration)
        let quick = try SessionPair(server: configuration)
        let packet = EncodedPacket(event: "a", [.string(String(repeating: "x", count: 286))])
        #expect(packet.byteCount == 300)
        slow.server.isWritable = false
        slow.server.pipeline.fireChannelWritabilityChanged()
        for _ in 0..<3 {
            try slow.serverSession.emit(packet)
            try quick.serverSession.emit(packet)
        }
        #expect(try slow.serverSession.isOpen)
        try slow.serverSession.emit(packet)
        #expect(slow.serverHost.log.dropFirst() == ["disconnected / transport error", "closed transport error"])
        #expect(!slow.server.isActive)
        try quick.flushAndExchange()
        #expect(quick.clientHost.events.count == 3)
    }

    @Test("a client that reads again in time starts from nothing") func slowForAWhile() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumQueuedBytes = 1400
        let pair = try SessionPair(server: configuration)
        let packet = EncodedPacket(event: "a", [.string(String(repeating: "x", count: 286))])
        for _ in 0..<5 {
            for isWritable in [false, true] {
                pair.server.isWritable = isWritable
                pair.server.pipeline.fireChannelWritabilityChanged()
                for _ in 0..<3 { try pair.serverSession.emit(packet) }
                try pair.flushAndExchange()
            }
        }
        #expect(pair.clientHost.events.count == 30)
    }

    @Test("a connection does not wait for ever for its last frame to be taken", arguments: [true, false])
    func untakenLastFrame(isPingTimeout: Bool) throws {
        let pair = try SessionPair()
        try pair.server.pipeline.syncOperations.addHandler(HoldsWrites(), position: .first)
        if isPingTimeout { pair.advance(by: .seconds(45)) } else { try pair.serverSession.close() }
        #expect(pair.serverHost.log.last?.hasPrefix("closed") == true)
        #expect(pair.server.isActive, "the peer has a moment to take it")
        pair.advance(by: .seconds(5))
        #expect(!pair.server.isActive)
    }
}

/// A peer that reads nothing.
private final class HoldsWrites: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var promises: [EventLoopPromise<Void>] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if let promise { promises.append(promise) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for promise in promises { promise.fail(ChannelError.ioOnClosedChannel) }
    }
}
