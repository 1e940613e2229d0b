import Base
import NIOCore
import NIOEmbedded
import SocketIO
import Testing

/// HTTP long polling, down to the bytes.
@Suite struct PollingTests {
    @Test("a session is opened by a GET") func handshake() throws {
        let bench = PollingBench()
        let response = try bench.connect().request("GET", "")
        #expect(response.status == 200)
        #expect(
            response.body
                == #"0{"sid":"id","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#
        )
        #expect(response.headers.contains("content-type: text/plain; charset=UTF-8"))
        #expect(response.headers.contains("cache-control: no-store"))
    }

    @Test("a client joins, sends and hears, over one connection") func conversation() throws {
        let bench = PollingBench()
        bench.host.onEvent = { session, event in session.emit("back", event.arguments) }
        let connection = try bench.open()
        #expect(bench.host.log == ["connected / -"])
        let sent = #"42["a",1]"# + "\u{1E}" + #"451-["b",{"_placeholder":true,"num":0}]"# + "\u{1E}bAQI="
        #expect(try connection.request("POST", "&sid=id", sent).body == "ok")
        #expect(bench.host.events.map(\.arguments) == [[1], [.binary([1, 2])]])
        #expect(
            try connection.request("GET", "&sid=id").body
                == #"42["back",1]"# + "\u{1E}" + #"451-["back",{"_placeholder":true,"num":0}]"# + "\u{1E}bAQI="
        )
    }

    @Test("a poll waits for news, while data comes in over another connection") func waiting() throws {
        let bench = PollingBench()
        let polling = try bench.open()
        let pushing = try bench.connect()
        try polling.begin("GET", "&sid=id")
        #expect(try polling.response() == nil)
        bench.host.onEvent = { session, _ in session.emit("b") }
        #expect(try pushing.request("POST", "&sid=id", #"42["a"]"#).body == "ok")
        #expect(try polling.response()?.body == #"42["b"]"#)
        try polling.begin("GET", "&sid=id")
        try bench.session.emit("c")
        #expect(try polling.response() == nil, "not flushed")
        try bench.session.flush()
        #expect(try polling.response()?.body == #"42["c"]"#)
    }

    @Test("a body may come in pieces, and requests back to back") func pieces() throws {
        let bench = PollingBench()
        let connection = try bench.open()
        try connection.begin("POST", "&sid=id", "42[\"a\"]")
        #expect(try connection.response()?.body == "ok")
        let text = "POST /socket.io/?EIO=4&transport=polling&sid=id HTTP/1.1\r\nContent-Length: 7\r\n\r\n42[\"b\"]"
        for byte in text { try connection.send(String(byte)) }
        #expect(try connection.response()?.body == "ok")
        try connection.send(text + text)
        let both = try String(buffer: connection.received())
        #expect(both.ranges(of: "HTTP/1.1 200 OK").count == 2)
        #expect(bench.host.events.map(\.name) == ["a", "b", "b", "b"])
    }

    @Test("pings wait for polls, and pongs keep the session") func heartbeat() throws {
        let bench = PollingBench()
        let connection = try bench.open()
        for _ in 0..<5 {
            try connection.begin("GET", "&sid=id")
            bench.loop.advanceTime(by: .seconds(25))
            #expect(try connection.response()?.body == "2")
            #expect(try connection.request("POST", "&sid=id", "3").body == "ok")
        }
        bench.loop.advanceTime(by: .seconds(45))
        #expect(bench.host.log.last == "closed ping timeout")
        #expect(try connection.request("GET", "&sid=id").body == #"{"code":1,"message":"Session ID unknown"}"#)
    }

    @Test("a client that joins nothing in time is given up") func connectTimeout() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.connectTimeout = .seconds(5)
        let bench = PollingBench(configuration)
        let connection = try bench.connect()
        _ = try connection.request("GET", "")
        try connection.begin("GET", "&sid=id")
        bench.loop.advanceTime(by: .seconds(5))
        #expect(try connection.response()?.body == "1")
        #expect(bench.host.log == ["closed connect timeout"])
    }

    @Test("a client thrown out is told, whether it polls just then or not", arguments: [true, false])
    func thrownOut(isPolling: Bool) throws {
        let bench = PollingBench()
        let connection = try bench.open()
        if isPolling { try connection.begin("GET", "&sid=id") }
        try bench.session.close()
        #expect(bench.host.log.last == "closed server namespace disconnect")
        if !isPolling { try connection.begin("GET", "&sid=id") }
        #expect(try connection.response()?.body == "41\u{1E}1")
        #expect(try connection.request("GET", "&sid=id").status == 400)
    }

    @Test("a client that leaves has its poll answered") func leaving() throws {
        let bench = PollingBench()
        let polling = try bench.open()
        try polling.begin("GET", "&sid=id")
        #expect(try bench.connect().request("POST", "&sid=id", "1").body == "ok")
        #expect(try polling.response()?.body == "6")
        #expect(bench.host.log.suffix(2) == ["disconnected / transport close", "closed transport close"])
        #expect(try polling.request("GET", "&sid=id").status == 400)
    }

    @Test("a client that leaves between polls is answered once it is gone", arguments: [true, false])
    func leavingBetween(crosses: Bool) throws {
        let bench = PollingBench()
        let polling = try bench.open()
        let pushing = try bench.connect()
        try pushing.begin("POST", "&sid=id", "1\u{1E}" + #"42["a"]"#)
        #expect(try pushing.response() == nil)
        if crosses {
            #expect(try polling.request("GET", "&sid=id").body == "6")
        } else {
            bench.loop.advanceTime(by: .milliseconds(100))
        }
        #expect(try pushing.response()?.body == "ok")
        #expect(bench.host.log.last == "closed transport close")
        #expect(bench.host.events.isEmpty, "nothing counts behind the leave")
        #expect(try polling.request("GET", "&sid=id").status == 400)
    }

    @Test("a client that does not poll is cut off at the limit") func slowConsumer() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumQueuedBytes = 1400
        let bench = PollingBench(configuration)
        let connection = try bench.open()
        let packet = EncodedPacket(event: "a", [.string(String(repeating: "x", count: 286))])
        for _ in 0..<3 { try bench.session.emit(packet) }
        #expect(try bench.session.isOpen)
        try bench.session.emit(packet)
        #expect(bench.host.log.last == "closed transport error")
        #expect(try connection.request("GET", "&sid=id").status == 400)
    }

    // MARK: The rest of HTTP

    @Test("whoever asks for it has his connection closed behind the answer") func connectionClose() throws {
        let connection = try PollingBench().connect()
        let response = try connection.request("GET", "", headers: ["Connection: close"])
        #expect(response.status == 200)
        #expect(response.headers.contains("connection: close"))
        #expect(!connection.channel.isActive)
    }

    @Test("other paths are left to others, before and after") func others() throws {
        let bench = PollingBench()
        let connection = try bench.connect()
        for _ in 0..<2 {
            try connection.send("GET /incident HTTP/1.1\r\nHost: raw\r\n\r\n")
            #expect(try connection.response()?.body == "upgrade false, keep-alive true")
            #expect(try connection.request("GET", "").status == 200)
        }
    }

    @Test("a silent connection is closed, one whose poll waits is not") func idle() throws {
        let bench = PollingBench()
        let silent = try bench.connect(limits: HTTPLimits())
        let polling = try bench.connect(limits: HTTPLimits())
        _ = try polling.request("GET", "")
        _ = try polling.request("POST", "&sid=id", "40")
        _ = try polling.request("GET", "&sid=id")
        for _ in 0..<6 {
            try polling.begin("GET", "&sid=id")
            bench.loop.advanceTime(by: .seconds(25))
            #expect(try polling.response()?.body == "2")
            _ = try polling.request("POST", "&sid=id", "3")
        }
        #expect(!silent.channel.isActive)
        #expect(polling.channel.isActive)
        bench.loop.advanceTime(by: .seconds(61))
        #expect(!polling.channel.isActive)
    }

    @Test(
        "a request that asks for an upgrade and does not come to its end is closed, too",
        arguments: [
            "POST /other HTTP/1.1\r\nUpgrade: h2c\r\n",
            "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nUpgrade: websocket\r\n",
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        ]
    )
    func idleUpgrade(head: String) throws {
        let bench = PollingBench()
        var limits = HTTPLimits()
        limits.requestTimeout = .seconds(60)
        let connection = try bench.connect(limits: limits)
        try connection.send(head + "Connection: Upgrade\r\nContent-Length: 10\r\n\r\n")
        bench.loop.advanceTime(by: .seconds(59))
        #expect(connection.channel.isActive)
        bench.loop.advanceTime(by: .seconds(1))
        #expect(!connection.channel.isActive)
    }

    @Test("a WebSocket is idle for as long as its heartbeat lets it") func idleWebSocket() throws {
        let bench = PollingBench()
        var limits = HTTPLimits()
        limits.idleTimeout = .seconds(10)
        let connection = try bench.connect(limits: limits)
        try connection.beginUpgrade("")
        // Before the upgrade is through.
        try connection.sendFrame("40")
        #expect(try connection.response()?.status == 101)
        #expect(bench.host.log == ["connected / -"])
        bench.loop.advanceTime(by: .seconds(30))
        #expect(connection.channel.isActive)
    }
}
