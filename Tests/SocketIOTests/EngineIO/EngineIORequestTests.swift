import NIOHTTP1
import SocketIO
import Testing

@Suite struct EngineIORequestTests {
    private func decide(_ uri: String, method: HTTPMethod = .GET, upgrade: String? = "websocket") -> EngineIORequest {
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: uri)
        if let upgrade { head.headers.add(name: "Upgrade", value: upgrade) }
        return EngineIORequest(head)
    }

    @Test(
        "a WebSocket handshake is taken, whatever the order of its parameters",
        arguments: [
            "/socket.io/?EIO=4&transport=websocket", "/socket.io?transport=websocket&EIO=4",
            "/socket.io/?t=x&EIO=4&transport=websocket&sid=",
        ]
    )
    func accepted(uri: String) {
        #expect(decide(uri) == .webSocket)
        #expect(decide(uri, upgrade: "WebSocket") == .webSocket)
    }

    @Test(
        "other paths are none of its business",
        arguments: ["/", "/socket.io/x?EIO=4&transport=websocket", "/incident", "*", ""]
    )
    func elsewhere(uri: String) {
        #expect(decide(uri) == .elsewhere)
    }

    @Test(
        "what is wrong is refused with the reference implementation's code",
        arguments: [
            ("/socket.io/", EngineIORefusal.unknownTransport), ("/socket.io/?EIO=4", .unknownTransport),
            ("/socket.io/?EIO=4&transport=polling", .unknownTransport),
            ("/socket.io/?EIO=4&transport=abc", .unknownTransport),
            ("/socket.io/?EIO=3&transport=websocket", .unsupportedProtocolVersion),
            ("/socket.io/?transport=websocket", .unsupportedProtocolVersion),
            ("/socket.io/?EIO=abc&transport=websocket", .unsupportedProtocolVersion),
            ("/socket.io/?EIO=4&transport=websocket&sid=abc", .unknownSession),
        ]
    )
    func refused(uri: String, refusal: EngineIORefusal) {
        #expect(decide(uri) == .refused(refusal))
    }

    @Test("a handshake is a GET, and one for WebSocket an upgrade") func method() {
        let uri = "/socket.io/?EIO=4&transport=websocket"
        #expect(decide(uri, method: .POST) == .refused(.badHandshakeMethod))
        #expect(decide(uri, upgrade: nil) == .refused(.badRequest))
        #expect(decide(uri, upgrade: "h2c") == .refused(.badRequest))
    }

    @Test("the answer's body is the reference implementation's") func body() {
        #expect(
            EngineIORefusal.unsupportedProtocolVersion.body == #"{"code":5,"message":"Unsupported protocol version"}"#
        )
        #expect(EngineIORefusal.unknownTransport.body == #"{"code":0,"message":"Transport unknown"}"#)
    }
}
