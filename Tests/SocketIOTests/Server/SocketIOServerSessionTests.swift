import Base
import NIOCore
import NIOEmbedded
import SocketIO
import Testing

/// What a server does with frames that no client of ours would send.
@Suite struct SocketIOServerSessionTests {
    private let host = ServerRecorder()

    private func connected() throws -> RawSession {
        let session = try RawSession(host)
        try session.receiveText("40")
        #expect(
            try session.sentText()
                == #"0{"sid":"id","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#
        )
        #expect(try session.sentText() == #"40{"sid":"id"}"#)
        return session
    }

    @Test(
        "what breaks RFC 6455 is answered with a close frame and its code, and ends the session",
        arguments: [
            (0x81, [], 0, 1002),  // not masked
            (0xC1, [0x36], 0x80, 1002),  // a reserved bit
            (0x83, [], 0x80, 1002),  // an unknown opcode
            (0x80, [], 0x80, 1002),  // a continuation of nothing
            (0x09, [], 0x80, 1002),  // a control frame in fragments
            (0x89, [UInt8](repeating: 0, count: 126), 0x80, 1002),  // a control frame that is too long
            (0x81, [0x34, 0xFF], 0x80, 1007),  // not UTF-8
            (0x88, [0x03], 0x80, 1002),  // half a code
        ] as [(UInt8, [UInt8], UInt8, Int)]
    )
    func malformed(opcode: UInt8, payload: [UInt8], mask: UInt8, code: Int) throws {
        let session = try connected()
        try? session.receive(opcode: opcode, payload, mask: mask)
        #expect(try session.sent() == [0x88, 2, UInt8(code >> 8), UInt8(code & 255)])
        #expect(host.log.dropFirst() == ["disconnected / transport error", "closed transport error"])
        #expect(!session.channel.isActive)
    }

    @Test("a message longer than agreed is refused before it is read, and in fragments, too") func tooLong() throws {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.maximumPayloadBytes = 1000
        for opcodes in [[0x81], [0x01, 0x80]] as [[UInt8]] {
            let session = try RawSession(host, configuration)
            _ = try session.sent()
            for opcode in opcodes {
                try? session.receive(opcode: opcode, [UInt8](repeating: 0x34, count: opcodes.count == 1 ? 1001 : 501))
            }
            #expect(try session.sent() == [0x88, 2, 3, 0xF1])
            #expect(!session.channel.isActive)
        }
        #expect(host.log == ["closed transport error", "closed transport error"])
    }

    @Test(
        "what breaks Socket.IO ends the session",
        arguments: [
            "42", "4", "", "9", "42[", #"42["connect"]"#, #"42/admin,["a"]"#, "40", #"451-["a"]"#, "2",
        ]
    )
    func parseError(text: String) throws {
        let session = try connected()
        try session.receiveText(text)
        if text.hasPrefix("451-") { try session.receiveText("42[\"a\"]") }
        #expect(try session.sent() == [0x88, 2, 3, 0xEA])
        #expect(host.log.dropFirst() == ["disconnected / parse error", "closed parse error"])
    }

    @Test("a WebSocket ping is answered with its data") func ping() throws {
        let session = try connected()
        try session.receive(opcode: 0x89, [1, 2])
        #expect(try session.sent() == [0x8A, 2, 1, 2])
    }

    @Test("a close frame is echoed") func closeFrame() throws {
        let session = try connected()
        try session.receive(opcode: 0x88, [0x0F, 0xA0, 0x62])
        #expect(try session.sent() == [0x88, 3, 0x0F, 0xA0, 0x62])
        #expect(host.log.last == "closed transport close")
        #expect(!session.channel.isActive)
    }

    @Test("fragments with a ping between them make one event") func fragments() throws {
        let session = try connected()
        try session.receive(opcode: 0x01, Array("42[\"a\",".utf8))
        try session.receive(opcode: 0x89, [])
        try session.receive(opcode: 0x80, Array("1]".utf8))
        #expect(host.events == [SocketIOEvent(name: "a", arguments: [1])])
    }

    @Test("a namespace may be left and joined again") func leaving() throws {
        let session = try connected()
        try session.receiveText("41")
        try session.receiveText("40")
        #expect(host.log == ["connected / -", "disconnected / client namespace disconnect", "connected / -"])
        #expect(try session.sentText() == #"40{"sid":"id"}"#)
    }

    @Test("a host may close within its callback") func closingWithin() throws {
        let session = try connected()
        host.onEvent = { session, _ in
            session.close()
            session.emit("late")
        }
        try session.receiveText(#"42["a"]"#)
        #expect(try session.sentText() == "41")
        #expect(try session.sent() == [0x88, 2, 3, 0xE8])
        #expect(try session.sent() == nil)
        #expect(
            host.log.suffix(2) == ["disconnected / server namespace disconnect", "closed server namespace disconnect"]
        )
    }
}
