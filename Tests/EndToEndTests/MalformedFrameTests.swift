import Foundation
import TestSupport
import Testing

/// What no client should send: that session ends with the code that RFC 6455 §7.4.1 has for it, the others go on.
@Suite struct MalformedFrameTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Bytes that a session may send, and the close code that they earn.
    private struct Offence {
        var name: String
        var bytes: [UInt8]
        var code: Int?

        init(_ name: String, _ frames: Frame..., code: Int?) {
            self.name = name
            bytes = frames.flatMap(\.bytes)
            self.code = code
        }
    }

    /// More than the server takes in one message.
    private static let oversize = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_001)

    private static let offences = [
        Offence("an unmasked frame", Frame(opcode: 1, mask: nil, payload: Array("42[\"x\"]".utf8)), code: 1002),
        Offence("the first reserved bit", Frame(reserved: 4, opcode: 1, payload: [0x34]), code: 1002),
        Offence("the last reserved bit", Frame(reserved: 1, opcode: 1, payload: [0x34]), code: 1002),
        Offence("a reserved data opcode", Frame(opcode: 3, payload: []), code: 1002),
        Offence("a reserved control opcode", Frame(opcode: 0xB, payload: []), code: 1002),
        Offence("a continuation of nothing", Frame(opcode: 0, payload: [0x34]), code: 1002),
        Offence(
            "a message within a message",
            Frame(isFinal: false, opcode: 1, payload: [0x34]),
            Frame(opcode: 1, payload: [0x34]),
            code: 1002
        ),
        Offence("a ping in fragments", Frame(isFinal: false, opcode: 9, payload: []), code: 1002),
        Offence("a ping of 126 bytes", Frame(opcode: 9, payload: [UInt8](repeating: 0, count: 126)), code: 1002),
        Offence("a close frame with half a code", Frame(opcode: 8, payload: [3]), code: 1002),
        Offence("a close frame with a reserved code", Frame(opcode: 8, payload: [3, 0xED]), code: 1002),
        Offence("text that is not UTF-8", Frame(opcode: 1, payload: [0x34, 0x32, 0xC3, 0x28]), code: 1007),
        Offence("a surrogate in UTF-8", Frame(opcode: 1, payload: [0x34, 0xED, 0xA0, 0x80]), code: 1007),
        Offence("a reason that is not UTF-8", Frame(opcode: 8, payload: [3, 0xE8, 0xFF]), code: 1007),
        Offence("a frame that is too long", Frame(opcode: 1, payload: oversize), code: 1009),
        Offence(
            "a message that is too long in fragments",
            Frame(isFinal: false, opcode: 1, payload: Array(oversize.prefix(600_000))),
            Frame(opcode: 0, payload: Array(oversize.prefix(600_000))),
            code: 1009
        ),
        Offence("an unknown Engine.IO packet", .text("9"), code: 1002),
        Offence("an empty message", .text(""), code: 1002),
        Offence("an unknown Socket.IO packet", .text("49"), code: 1002),
        Offence("an event that is not JSON", .text("42[\"acknowledge\","), code: 1002),
        Offence("an event without a name", .text("42[]"), code: 1002),
        Offence("an event that is an object", .text("42{}"), code: 1002),
        Offence("JSON nested too deep", .text("42" + String(repeating: "[", count: 100_000)), code: 1002),
        Offence("an attachment that was not announced", Frame(opcode: 2, payload: [1]), code: 1002),
        Offence(
            "text in place of an attachment",
            .text("451-[\"x\",{\"_placeholder\":true,\"num\":0}]"),
            .text("42[\"x\"]"),
            code: 1002
        ),
    ]

    @Test func `each offence closes its session with its code, and the others go on`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let bystander = try RawConnection.joined(port: server.port)
        for offence in Self.offences {
            let connection = try RawConnection.joined(port: server.port)
            connection.send(offence.bytes)
            #expect(try connection.closeCode() == offence.code, "\(offence.name)")
        }
        for offence in Self.offences {
            let connection = try RawConnection.session(port: server.port)
            connection.send(offence.bytes)
            #expect(try connection.closeCode() == offence.code, "before joining: \(offence.name)")
        }
        #expect(try call("handshake", "1", id: 7, on: bystander).contains("\"success\":true"))
        #expect(try await server.stop().status == 0)
    }

    @Test func `a frame that comes byte by byte, or cut short, harms nobody`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let half = try RawConnection.joined(port: server.port)
        half.send(Array(Frame.text("421[\"handshake\",1]").bytes.prefix(5)))
        let slow = try RawConnection.joined(port: server.port)
        for byte in Frame.text("421[\"handshake\",1]").bytes { slow.send([byte]) }
        #expect(try slow.receiveText()?.hasPrefix("431[{\"success\":true") ?? false)
        #expect(try await server.stop().status == 0)
        #expect(try half.closeCode() == 1001)
    }

    @Test func `an event nobody understands is answered or ignored, and its session goes on`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let connection = try RawConnection.joined(port: server.port)
        for body in ["null", "{}", "[]", "7", "{\"_id\":null}", "{\"_id\":\"5\"}", "{\"ackBy\":{}}"] {
            connection.send(Frame.text("42[\"acknowledge\",\(body)]").bytes)
            let update = try connection.receiveText() ?? "closed"
            #expect(update.hasPrefix("42[\"acknowledge-update\","), "\(body)")
            #expect(update.contains("\"success\":false"), "\(body)")
            #expect(update.contains("\"reason\":"), "\(body)")
        }
        connection.send(Frame.text("42[\"no such event\",1,2,3]").bytes)
        connection.send(Frame.text("42[\"handshake\"]").bytes)
        #expect(try call("handshake", "\"no number\"", id: 1, on: connection).contains("\"success\":false"))
        #expect(try call("handshake", "99", id: 2, on: connection).contains("\"success\":false"))
        #expect(try call("handshake", "\"2\"", id: 3, on: connection).contains("\"customerId\":2"))
        #expect(try await server.stop().status == 0)
    }

    @Test func `connections that say nothing, or half of something, do not keep a server from stopping`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let nothing = try RawConnection(port: server.port)
        let half = try RawConnection(port: server.port)
        half.send("GET /customer/1 HTTP/1.1\r\nHost: ")
        let bodiless = try RawConnection(port: server.port)
        bodiless.send("POST /incident HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        let kept = try RawConnection(port: server.port)
        kept.send("GET /customer/1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(try kept.receiveHead().hasPrefix("HTTP/1.1 200 "))
        let session = try RawConnection.joined(port: server.port)
        #expect(try await server.stop().status == 0)
        #expect(try session.closeCode() == 1001)
        withExtendedLifetime((nothing, half, bodiless, kept)) {}
    }

    @Test func `what is not HTTP is answered with 400 or closed`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        for garbage in [
            "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}ü garbage \r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: 200_000) + "\r\n\r\n",
        ] {
            let connection = try RawConnection(port: server.port)
            connection.send(garbage)
            let head = try connection.receiveHead()
            #expect(head.isEmpty || head.hasPrefix("HTTP/1.1 4"), "\(garbage.prefix(30)): \(head)")
        }
        #expect(try await server.get("/customer/1").status == 200)
        #expect(try await server.stop().status == 0)
    }

    @Test func `an upgrade that is refused gets an answer`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        for query in ["EIO=3&transport=websocket", "EIO=4&transport=pigeon", "EIO=4&transport=websocket&sid=unknown"] {
            let connection = try RawConnection(port: server.port)
            connection.send(
                """
                GET /socket.io/?\(query) HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r

                """
            )
            #expect(try connection.receiveHead().hasPrefix("HTTP/1.1 400 "), "\(query)")
        }
        #expect(try await server.get("/health").status == 200)
        #expect(try await server.stop().status == 0)
    }

    /// Sends an event that asks for its acknowledgement, and gives that.
    private func call(_ event: String, _ body: String, id: Int, on connection: RawConnection) throws -> String {
        connection.send(Frame.text("42\(id)[\"\(event)\",\(body)]").bytes)
        while let text = try connection.receiveText() {
            if text.hasPrefix("43\(id)[") { return text }
        }
        return "closed"
    }
}
