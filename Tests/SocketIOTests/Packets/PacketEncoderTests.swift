import Base
import NIOCore
import NIOWebSocket
import Testing

@testable import SocketIO

@Suite struct PacketEncoderTests {
    @Test(
        "packets are written as the protocol's examples show them, behind Engine.IO's 4",
        arguments: [
            (EncodedPacket(.connect, namespace: "/"), "40"),
            (EncodedPacket(.connect, namespace: "/", payload: ["sid": "wZX3"]), #"40{"sid":"wZX3"}"#),
            (EncodedPacket(.connect, namespace: "/admin"), "40/admin,"),
            (
                EncodedPacket(.connectError, namespace: "/random", payload: ["message": "Invalid namespace"]),
                #"44/random,{"message":"Invalid namespace"}"#
            ),
            (EncodedPacket(.disconnect, namespace: "/"), "41"),
            (EncodedPacket(.disconnect, namespace: "/admin"), "41/admin,"),
            (EncodedPacket(event: "foo", []), #"42["foo"]"#),
            (EncodedPacket(event: "bar", namespace: "/admin", [1]), #"42/admin,["bar",1]"#),
            (EncodedPacket(event: "foo", namespace: "/", acknowledgementID: 12, []), #"4212["foo"]"#),
            (EncodedPacket(event: "foo", namespace: "/admin", acknowledgementID: 13, []), #"42/admin,13["foo"]"#),
            (EncodedPacket(acknowledging: 12, namespace: "/", []), "4312[]"),
            (EncodedPacket(acknowledging: 13, namespace: "/admin", ["bar"]), #"43/admin,13["bar"]"#),
            (EncodedPacket(acknowledging: .max, namespace: "/", []), "439223372036854775807[]"),
        ]
    )
    func text(packet: EncodedPacket, expected: String) {
        #expect(packet.text == expected)
        #expect(packet.attachments.isEmpty)
    }

    @Test(
        "bytes make it a binary packet, and follow it",
        arguments: [
            (EncodedPacket(event: "baz", [.binary([1, 2, 3, 4])]), #"451-["baz",{"_placeholder":true,"num":0}]"#),
            (
                EncodedPacket(event: "baz", namespace: "/admin", [.binary([1, 2, 3, 4])]),
                #"451-/admin,["baz",{"_placeholder":true,"num":0}]"#
            ),
            (
                EncodedPacket(acknowledging: 15, namespace: "/", ["bar", .binary([1, 2, 3, 4])]),
                #"461-15["bar",{"_placeholder":true,"num":0}]"#
            ),
        ]
    )
    func binary(packet: EncodedPacket, expected: String) {
        #expect(packet.text == expected)
        #expect(packet.attachments == [ByteBuffer(bytes: [0x82, 4, 1, 2, 3, 4])])
        #expect(packet.byteCount == expected.utf8.count + 2 + 6)
    }

    @Test("an event is built without a tree, and is one frame of one buffer") func event() {
        var event = EventEncoder("new-dispatch", capacity: 8)
        event.json.beginObject()
        event.json.key("_id")
        event.json.string(String(repeating: "long ", count: 100))
        event.json.endObject()
        event.json.integer(7)
        let packet = event.finish()
        let text = #"42["new-dispatch",{"_id":"\#(String(repeating: "long ", count: 100))"},7]"#
        #expect(packet.text == text)
        #expect(
            Array(packet.frame.readableBytesView.prefix(4)) == [
                0x81, 126, UInt8(text.utf8.count >> 8), UInt8(text.utf8.count & 255),
            ]
        )
    }

    @Test("masking for one receiver leaves the packet to the others as it is") func masking() {
        let packet = EncodedPacket(event: "baz", [.binary([1, 2])])
        var frames: [ByteBuffer] = []
        packet.masked(by: { 0x0102_0304 }, { frames.append($0) })
        #expect(frames.count == 2)
        #expect(Array(frames[1].readableBytesView) == [0x82, 0x82, 1, 2, 3, 4, 0, 0])
        #expect(packet.text == #"451-["baz",{"_placeholder":true,"num":0}]"#)
        #expect(packet.attachments == [ByteBuffer(bytes: [0x82, 2, 1, 2])])
    }

    @Test("any number of attachments has its room before the payload") func manyAttachments() {
        let bytes = (0..<70_000).map { _ in JSON.binary([]) }
        let packet = EncodedPacket(event: "a", namespace: "/n", acknowledgementID: .max, bytes)
        #expect(packet.text.hasPrefix("4570000-/n,9223372036854775807["))
        var frames = 0
        packet.masked(by: { 0x0102_0304 }, { _ in frames += 1 })
        #expect(frames == 70_001)
    }
}
