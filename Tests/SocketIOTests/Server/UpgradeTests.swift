import Base
import NIOCore
import NIOEmbedded
import SocketIO
import Testing

/// The way from polling to WebSocket, with both ends on one event loop and on two.
@Suite struct UpgradeTests {
    private let bench = PollingBench()

    /// A connection that has been upgraded for the session `id`, and what runs its hops.
    private func upgraded(isNear: Bool) throws -> (RawConnection, settle: () -> Void) {
        let far = EmbeddedEventLoop()
        let webSocket = try bench.connect(on: isNear ? bench.loop : far)
        try webSocket.beginUpgrade("&sid=id")
        #expect(try webSocket.response()?.status == 101)
        let settle = { [bench] in
            for _ in 0..<4 {
                far.run()
                bench.loop.run()
            }
        }
        settle()
        return (webSocket, settle)
    }

    @Test("a session moves, and nothing is lost", arguments: [true, false]) func moves(isNear: Bool) throws {
        bench.host.onEvent = { session, event in session.emit("back", event.arguments) }
        let polling = try bench.open()
        try polling.begin("GET", "&sid=id")
        let (webSocket, settle) = try upgraded(isNear: isNear)
        #expect(try polling.response() == nil)
        try webSocket.sendFrame("2probe")
        settle()
        #expect(try webSocket.frames() == ["3probe"])
        #expect(try polling.response()?.body == "6")
        #expect(try polling.request("GET", "&sid=id").body == "6")
        try bench.session.emit("waiting")
        try webSocket.sendFrame("5")
        settle()
        #expect(try webSocket.frames() == [#"42["waiting"]"#])
        for number in 0..<3 {
            try webSocket.sendFrame(#"42["a",\#(number)]"#)
            settle()
            #expect(try webSocket.frames() == [#"42["back",\#(number)]"#])
        }
        #expect(bench.host.log == ["connected / -"])
    }

    @Test("once it has moved it is not polled any more", arguments: [true, false]) func polled(isNear: Bool) throws {
        let polling = try bench.open()
        let (webSocket, settle) = try upgraded(isNear: isNear)
        try webSocket.sendFrame("2probe")
        try webSocket.sendFrame("5")
        settle()
        for method in ["GET", "POST"] {
            let response = try polling.request(method, "&sid=id", method == "POST" ? "3" : nil)
            #expect(response.status == 400)
            #expect(response.body == #"{"code":3,"message":"Bad request"}"#)
        }
        #expect(try bench.session.isOpen)
    }

    @Test("a second WebSocket is closed, and the first one never notices", arguments: [true, false])
    func second(isNear: Bool) throws {
        _ = try bench.open()
        let (first, settle) = try upgraded(isNear: true)
        for texts in [["2probe"], ["5"]] {
            for text in texts { try first.sendFrame(text) }
            let (second, settleSecond) = try upgraded(isNear: isNear)
            settleSecond()
            #expect(try second.frames() == ["close 1000"])
            #expect(!second.channel.isActive)
        }
        settle()
        bench.host.onEvent = { session, _ in session.emit("b") }
        try first.sendFrame(#"42["a"]"#)
        #expect(try first.frames().last == #"42["b"]"#)
    }

    @Test("a WebSocket that fails before it carries the session leaves it to polling", arguments: [true, false])
    func failed(isNear: Bool) throws {
        let polling = try bench.open()
        for step in 0..<4 {
            let (webSocket, settle) = try upgraded(isNear: isNear)
            switch step {
            case 0: webSocket.channel.close(promise: nil)
            case 1: try webSocket.sendFrame("4hello")
            case 2: try webSocket.sendFrame("abc")
            default:
                try webSocket.sendFrame("2probe")
                bench.loop.advanceTime(by: .seconds(10))
            }
            settle()
            #expect(!webSocket.channel.isActive)
        }
        try polling.begin("GET", "&sid=id")
        try bench.session.emit("a")
        try bench.session.flush()
        #expect(try polling.response()?.body == #"42["a"]"#)
        #expect(bench.host.events.isEmpty)
    }

    @Test("the loss of the WebSocket ends the session, after what came before it", arguments: [true, false])
    func lost(isNear: Bool) throws {
        _ = try bench.open()
        let (webSocket, settle) = try upgraded(isNear: isNear)
        for text in ["2probe", "5", #"42["a"]"#] { try webSocket.sendFrame(text) }
        webSocket.channel.close(promise: nil)
        settle()
        #expect(bench.host.events.map(\.name) == ["a"])
        #expect(bench.host.log.suffix(2) == ["disconnected / transport close", "closed transport close"])
    }

    @Test("a host throws a client out that has moved", arguments: [true, false]) func thrownOut(isNear: Bool) throws {
        _ = try bench.open()
        let (webSocket, settle) = try upgraded(isNear: isNear)
        for text in ["2probe", "5"] { try webSocket.sendFrame(text) }
        settle()
        try bench.session.close()
        settle()
        #expect(try webSocket.frames() == ["3probe", "41", "close 1000"])
        #expect(!webSocket.channel.isActive)
    }

    @Test("what may wait for a WebSocket of another event loop has a bound") func bound() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumQueuedBytes = 1400
        let bench = PollingBench(configuration)
        _ = try bench.open()
        let far = EmbeddedEventLoop()
        let webSocket = try bench.connect(on: far)
        try webSocket.beginUpgrade("&sid=id")
        for text in ["2probe", "5"] { try webSocket.sendFrame(text) }
        for _ in 0..<4 {
            far.run()
            bench.loop.run()
        }
        let packet = EncodedPacket(event: "a", [.string(String(repeating: "x", count: 286))])
        for _ in 0..<3 { try bench.session.emit(packet) }
        try bench.session.flush()
        #expect(try bench.session.isOpen)
        far.run()
        bench.loop.run()
        for _ in 0..<3 { try bench.session.emit(packet) }
        #expect(try bench.session.isOpen, "what was taken does not count")
        try bench.session.emit(packet)
        #expect(bench.host.log.last == "closed transport error")
        far.run()
        #expect(!webSocket.channel.isActive)
    }

    @Test("an upgrade for no session is refused, and the connection closed") func unknownSession() throws {
        let connection = try bench.connect()
        try connection.beginUpgrade("&sid=nobody")
        let response = try #require(try connection.response())
        #expect(response.status == 400)
        #expect(response.body == #"{"code":1,"message":"Session ID unknown"}"#)
        #expect(!connection.channel.isActive)
    }

    @Test("an upgrade with another version of the protocol is refused") func version() throws {
        let connection = try bench.connect()
        try connection.send(
            "GET /socket.io/?EIO=3&transport=websocket HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        #expect(try connection.response()?.body == #"{"code":5,"message":"Unsupported protocol version"}"#)
        #expect(!connection.channel.isActive)
    }

    @Test("a connection that has polled may become a WebSocket") func sameConnection() throws {
        let connection = try bench.connect()
        _ = try connection.request("GET", "")
        try connection.beginUpgrade("&sid=id")
        #expect(try connection.response()?.status == 101)
        for text in ["2probe", "5", "40"] { try connection.sendFrame(text) }
        #expect(try connection.frames() == ["3probe", #"40{"sid":"id"}"#])
    }

    @Test("an upgrade to anything else is no upgrade, and answered as if not asked for") func otherProtocol() throws {
        for line in ["GET / HTTP/1.1\r\nUpgrade: h2c\r\n", "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n"] {
            let connection = try bench.connect()
            try connection.send(line + "Connection: Upgrade\r\n\r\n")
            #expect(try connection.response()?.body == "upgrade false, keep-alive false")
        }
    }

    @Test("a request behind one whose upgrade the HTTP decoder does not see harms nobody") func unseenUpgrade() throws {
        let bench = PollingBench()
        let connection = try bench.connect(limits: HTTPLimits())
        try? connection.send(
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: raw\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                + "GET / HTTP/1.1\r\nHost: raw\r\n\r\n"
        )
        #expect(try connection.response()?.status == 400)
    }
}
