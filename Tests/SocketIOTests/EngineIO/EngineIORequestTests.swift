import NIOHTTP1
import Testing

@testable import SocketIO

@Suite struct EngineIORequestTests {
    private func decide(
        _ uri: String,
        method: HTTPMethod = .GET,
        upgrade: String? = nil,
        connection: String = "keep-alive, Upgrade",
        version: String = "13",
        key: String = "dGhlIHNhbXBsZSBub25jZQ=="
    ) -> EngineIORequest {
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: uri)
        if let upgrade {
            head.headers.add(name: "Upgrade", value: upgrade)
            head.headers.add(name: "Connection", value: connection)
            head.headers.add(name: "Sec-WebSocket-Key", value: key)
            head.headers.add(name: "Sec-WebSocket-Version", value: version)
        }
        return EngineIORequest(head, path: "/socket.io/")
    }

    @Test(
        "a handshake is taken, whatever the order of its parameters",
        arguments: [
            "/socket.io/?EIO=4&transport=", "/socket.io?EIO=4&t=x&transport=", "/socket.io/?t=x&EIO=4&sid=&transport=",
        ]
    )
    func handshakes(uri: String) {
        #expect(decide(uri + "websocket", upgrade: "websocket") == .openWebSocket)
        #expect(decide(uri + "websocket", upgrade: "WebSocket") == .openWebSocket)
        #expect(decide(uri + "polling") == .openPolling)
        #expect(
            decide(uri + "polling", upgrade: "websocket") == .openPolling,
            "an upgrade nobody asked the protocol for"
        )
    }

    @Test("a request with a session's id goes to that session") func sessions() {
        let uri = "/socket.io/?EIO=4&sid=abc&transport="
        #expect(decide(uri + "polling") == .poll(session: "abc"))
        #expect(decide(uri + "polling", method: .POST) == .push(session: "abc"))
        #expect(decide(uri + "websocket", upgrade: "websocket") == .upgrade(session: "abc"))
        #expect(decide(uri + "polling", method: .PUT) == .refused(.badRequest))
        #expect(decide(uri + "websocket") == .refused(.badRequest))
        #expect(decide(uri + "websocket", method: .POST, upgrade: "websocket") == .refused(.badRequest))
    }

    @Test(
        "other paths are none of its business",
        arguments: ["/", "/socket.io/x?EIO=4&transport=websocket", "/incident", "*", ""]
    )
    func elsewhere(uri: String) {
        #expect(decide(uri) == .elsewhere)
        #expect(decide(uri, method: .OPTIONS) == .elsewhere)
    }

    @Test(
        "what is wrong is refused with the reference implementation's code",
        arguments: [
            ("/socket.io/", EngineIORefusal.unknownTransport), ("/socket.io/?EIO=4", .unknownTransport),
            ("/socket.io/?EIO=4&transport=abc", .unknownTransport),
            ("/socket.io/?EIO=4&transport=webtransport", .unknownTransport),
            ("/socket.io/?EIO=3&transport=websocket", .unsupportedProtocolVersion),
            ("/socket.io/?EIO=3&transport=polling", .unsupportedProtocolVersion),
            ("/socket.io/?transport=websocket", .unsupportedProtocolVersion),
            ("/socket.io/?EIO=abc&transport=polling", .unsupportedProtocolVersion),
        ]
    )
    func refused(uri: String, refusal: EngineIORefusal) {
        #expect(decide(uri, upgrade: "websocket") == .refused(refusal))
    }

    @Test("a handshake is a GET, and one for WebSocket an upgrade") func method() {
        let uri = "/socket.io/?EIO=4&transport=websocket"
        #expect(decide(uri, method: .POST, upgrade: "websocket") == .refused(.badHandshakeMethod))
        #expect(decide("/socket.io/?EIO=4&transport=polling", method: .PUT) == .refused(.badHandshakeMethod))
        #expect(decide(uri) == .refused(.badRequest))
        #expect(decide(uri, upgrade: "h2c") == .refused(.badRequest))
        #expect(decide(uri, upgrade: "websocket", version: "8") == .refused(.badRequest))
        #expect(decide(uri, upgrade: "websocket", connection: "keep-alive") == .refused(.badRequest))
        for key in ["", "c2hvcnQ=", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZSE=", "!!!!!!!!!!!!!!!!!!!!!!=="] {
            #expect(
                decide(uri, upgrade: "websocket", key: key) == .refused(.badRequest),
                "not 16 bytes in base64: \(key)"
            )
        }
    }

    @Test("the answer's body is the reference implementation's") func body() {
        #expect(
            EngineIORefusal.unsupportedProtocolVersion.body == #"{"code":5,"message":"Unsupported protocol version"}"#
        )
        #expect(EngineIORefusal.unknownTransport.body == #"{"code":0,"message":"Transport unknown"}"#)
    }
}
