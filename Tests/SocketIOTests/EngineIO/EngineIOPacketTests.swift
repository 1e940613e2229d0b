import NIOCore
import Testing

@testable import SocketIO

@Suite struct EngineIOPacketTests {
    @Test(
        "each type has its digit (Engine.IO protocol 4, \"Protocol\")",
        arguments: [
            ("0{}", EngineIOPacket.Kind.open, "{}"), ("1", .close, ""), ("2", .ping, ""), ("2probe", .ping, "probe"),
            ("3probe", .pong, "probe"), ("4hello", .message, "hello"), ("4€", .message, "€"), ("5", .upgrade, ""),
            ("6", .noop, ""),
        ]
    )
    func text(wire: String, kind: EngineIOPacket.Kind, payload: String) {
        #expect(EngineIOPacket(text: ByteBuffer(string: wire)) == EngineIOPacket(kind, ByteBuffer(string: payload)))
        #expect(EncodedPacket(kind, payload: ByteBuffer(string: payload)).text == wire)
    }

    @Test("anything else is no packet", arguments: ["", "7", "a", "/", "é4"])
    func malformed(wire: String) {
        #expect(EngineIOPacket(text: ByteBuffer(string: wire)) == nil)
    }

    @Test("bytes are a message as they are") func binary() {
        let packet = EngineIOPacket(binary: ByteBuffer(bytes: [1, 2, 3, 4]))
        #expect(packet.kind == .message)
        #expect(packet.isBinary)
        #expect(Array(packet.payload.readableBytesView) == [1, 2, 3, 4])
    }
}
