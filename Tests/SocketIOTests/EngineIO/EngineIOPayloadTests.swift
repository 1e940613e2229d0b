import Base
import NIOCore
import TestSupport
import Testing

@testable import SocketIO

@Suite struct EngineIOPayloadTests {
    private func read(_ body: String) -> [EngineIOPayloadReader.Step] {
        var reader = EngineIOPayloadReader(ByteBuffer(string: body))
        var steps: [EngineIOPayloadReader.Step] = []
        repeat { steps.append(reader.next()) } while steps.last != .end && steps.last != .malformed
        return steps
    }

    private func text(_ text: String) throws -> EngineIOPayloadReader.Step { .packet(try textPacket(text)) }
    private func binary(_ bytes: [UInt8]) -> EngineIOPayloadReader.Step {
        .packet(EngineIOPacket(binary: ByteBuffer(bytes: bytes)))
    }

    @Test("packets are cut at the record separators") func reading() throws {
        #expect(try read("4hello") == [text("4hello"), .end])
        #expect(try read("4hello\u{1E}2\u{1E}4wörld") == [text("4hello"), text("2"), text("4wörld"), .end])
        #expect(try read("4hello\u{1E}bAQIDBA==") == [text("4hello"), binary([1, 2, 3, 4]), .end])
        #expect(read("b") == [binary([]), .end])
    }

    @Test("what is no packet is found when it is reached") func malformed() throws {
        #expect(try read("4a\u{1E}abc\u{1E}4b") == [text("4a"), .malformed])
        #expect(try read("4a\u{1E}") == [text("4a"), .malformed])
        #expect(read("") == [.malformed])
        #expect(read("\u{1E}4a") == [.malformed])
    }

    @Test(
        "base64 is written and read as RFC 4648 §10 has it",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func base64(plain: String, encoded: String) {
        var buffer = ByteBuffer()
        buffer.writeBase64(ByteBuffer(string: plain))
        #expect(String(buffer: buffer) == encoded)
        #expect(buffer.readableBytes == ByteBuffer(string: plain).base64Length)
        #expect(ByteBuffer(string: encoded).decodingBase64() == ByteBuffer(string: plain))
    }

    @Test("all bytes survive base64, at every length") func roundTrip() {
        var random = RandomStream(state: 7)
        for length in 0..<200 {
            let bytes = ByteBuffer(bytes: (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
            var encoded = ByteBuffer()
            encoded.writeBase64(bytes)
            #expect(encoded.decodingBase64() == bytes)
        }
    }

    @Test(
        "what is no base64 is refused",
        arguments: ["A", "AA", "AAA", "AAAAA", "AA=A", "A===", "====", "AA-_", "AA A", "AAA\u{0}", "Zg==Zg=="]
    )
    func notBase64(text: String) {
        #expect(ByteBuffer(string: text).decodingBase64() == nil)
    }

    @Test("a frame of any size gives its payload back") func frames() {
        for length in [0, 1, 124, 125, 65_534, 65_535, 70_000] {
            let payload = ByteBuffer(repeating: 0x61, count: length)
            let text = WebSocketFrameHeader.content(EngineIOMessage.text(payload).frame)
            #expect(text.isText)
            #expect(text.payload.readableBytes == length + 1)
            let binary = WebSocketFrameHeader.content(EngineIOMessage.binary(payload).frame)
            #expect(!binary.isText)
            #expect(binary.payload == payload)
        }
    }
}
