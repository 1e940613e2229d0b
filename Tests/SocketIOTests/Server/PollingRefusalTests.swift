import NIOCore
import NIOEmbedded
import SocketIO
import Testing

/// What a server refuses over HTTP, and what ends a session.
@Suite struct PollingRefusalTests {
    @Test(
        "what is wrong with a request is said in the reference implementation's code and words",
        arguments: [
            ("GET", "/socket.io/", 0, "Transport unknown"),
            ("GET", "/socket.io/?EIO=4&transport=x", 0, "Transport unknown"),
            ("GET", "/socket.io/?EIO=4&transport=polling&sid=x", 1, "Session ID unknown"),
            ("POST", "/socket.io/?EIO=4&transport=polling&sid=x", 1, "Session ID unknown"),
            ("POST", "/socket.io/?EIO=4&transport=polling", 2, "Bad handshake method"),
            ("DELETE", "/socket.io/?EIO=4&transport=polling", 2, "Bad handshake method"),
            ("GET", "/socket.io/?EIO=4&transport=websocket", 3, "Bad request"),
            ("PUT", "/socket.io/?EIO=4&transport=polling&sid=x", 3, "Bad request"),
            ("GET", "/socket.io/?EIO=3&transport=polling", 5, "Unsupported protocol version"),
            ("GET", "/socket.io/?transport=polling", 5, "Unsupported protocol version"),
        ]
    )
    func refusals(method: String, uri: String, code: Int, message: String) throws {
        let connection = try PollingBench().connect()
        for _ in 0..<2 {
            try connection.send("\(method) \(uri) HTTP/1.1\r\nHost: raw\r\n\r\n")
            let response = try #require(try connection.response())
            #expect(response.status == 400)
            #expect(response.body == #"{"code":\#(code),"message":"\#(message)"}"#)
            #expect(response.headers.contains("content-type: application/json"))
            #expect(connection.channel.isActive, "the connection goes on")
        }
    }

    @Test("two polls at once end the session") func twoPolls() throws {
        let bench = PollingBench()
        let first = try bench.open()
        try first.begin("GET", "&sid=id")
        let second = try bench.connect().request("GET", "&sid=id")
        #expect(second.status == 400)
        #expect(second.body == #"{"code":3,"message":"Bad request"}"#)
        #expect(try first.response()?.body == "1")
        #expect(bench.host.log.last == "closed transport error")
        #expect(try first.request("GET", "&sid=id").body == #"{"code":1,"message":"Session ID unknown"}"#)
    }

    @Test("two requests with data at once end the session, and neither counts") func twoPushes() throws {
        let bench = PollingBench()
        let first = try bench.open()
        try first.send("POST /socket.io/?EIO=4&transport=polling&sid=id HTTP/1.1\r\nContent-Length: 7\r\n\r\n42[")
        #expect(try bench.connect().request("POST", "&sid=id", #"42["b"]"#).status == 400)
        #expect(bench.host.log.last == "closed transport error")
        try first.send("\"a\"]")
        #expect(try first.response()?.status == 400)
        #expect(bench.host.events.isEmpty)
    }

    @Test(
        "data that breaks a protocol ends the session, and what came before it counts",
        arguments: ["abc", "", "9", "b!!!!", "bAQ", "2", "5", "0{}", "4", "42", #"42["connect"]"#, "\u{1E}", "bAQID"]
    )
    func broken(body: String) throws {
        let bench = PollingBench()
        let polling = try bench.open()
        try polling.begin("GET", "&sid=id")
        let response = try bench.connect().request("POST", "&sid=id", #"42["a"]"# + "\u{1E}" + body)
        #expect(response.status == 400)
        #expect(response.body == #"{"code":3,"message":"Bad request"}"#)
        #expect(try polling.response()?.body == "1")
        #expect(bench.host.events.map(\.name) == ["a"])
        #expect(bench.host.log.last == "closed parse error")
        #expect(try bench.connect().request("GET", "&sid=id").status == 400)
    }

    @Test("data that is not UTF-8 ends the session") func notUTF8() throws {
        let bench = PollingBench()
        let connection = try bench.open()
        try connection.send("POST /socket.io/?EIO=4&transport=polling&sid=id HTTP/1.1\r\nContent-Length: 2\r\n\r\n")
        try connection.channel.writeInbound(ByteBuffer(bytes: [0x34, 0xFF]))
        #expect(try connection.response()?.status == 400)
        #expect(bench.host.log.last == "closed parse error")
    }

    @Test("data that is too long ends the session and the connection, before it is whole") func tooLong() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumPayloadBytes = 100
        for encoding in ["Content-Length: 1000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n200\r\n"] {
            let bench = PollingBench(configuration)
            let connection = try bench.open()
            // The decoder is not pleased with an end in the middle of a body.
            try? connection.send("POST /socket.io/?EIO=4&transport=polling&sid=id HTTP/1.1\r\n" + encoding)
            try? connection.send(String(repeating: "4", count: 101))
            let response = try #require(try connection.response())
            #expect(response.status == 413)
            #expect(response.headers.contains("connection: close"))
            #expect(!connection.channel.isActive)
            #expect(bench.host.log.last == "closed transport error")
        }
    }

    @Test("data that says it is too long is not waited for") func announcedTooLong() throws {
        let bench = PollingBench()
        let connection = try bench.open()
        // The decoder is not pleased with an end in the middle of a body.
        try? connection.send(
            "POST /socket.io/?EIO=4&transport=polling&sid=id HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n4"
        )
        #expect(try connection.response()?.status == 413)
        #expect(!connection.channel.isActive)
        #expect(bench.host.log.last == "closed transport error")
    }

    @Test("data of just the length agreed is taken") func longest() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumPayloadBytes = 100
        let bench = PollingBench(configuration)
        let connection = try bench.open()
        let body = #"42[""# + String(repeating: "a", count: 94) + #""]"#
        #expect(try connection.request("POST", "&sid=id", body).body == "ok")
        #expect(bench.host.events.count == 1)
    }

    @Test("the loss of a connection whose poll waits ends the session", arguments: [true, false])
    func lostPoll(isHalfClosed: Bool) throws {
        let bench = PollingBench()
        let connection = try bench.open()
        try connection.begin("GET", "&sid=id")
        if isHalfClosed {
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            connection.channel.close(promise: nil)
        }
        #expect(!connection.channel.isActive)
        #expect(bench.host.log.last == "closed transport error")
        #expect(try bench.connect().request("GET", "&sid=id").status == 400)
    }

    @Test("the loss of a connection within data ends the session, between requests it does not") func lostPush() throws
    {
        let bench = PollingBench()
        let connection = try bench.open()
        let pushing = try bench.connect()
        try pushing.send("POST /socket.io/?EIO=4&transport=polling&sid=id HTTP/1.1\r\nContent-Length: 7\r\n\r\n42[")
        connection.channel.close(promise: nil)
        #expect(try bench.session.isOpen)
        pushing.channel.close(promise: nil)
        #expect(bench.host.log.last == "closed transport error")
    }

    @Test("what is no HTTP is refused, and the connection closed") func noHTTP() throws {
        let connection = try PollingBench().connect()
        try? connection.send("hello\r\n\r\n")
        #expect(try connection.response()?.status == 400)
        #expect(!connection.channel.isActive)
    }
}
