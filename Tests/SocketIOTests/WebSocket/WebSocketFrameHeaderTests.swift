import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import SocketIO

@Suite struct WebSocketFrameHeaderTests {
    @Test(
        "our frames are those of NIO's encoder, masked or not",
        arguments: [0, 1, 7, 8, 9, 125, 126, 127, 1000, 65535, 65536, 70001]
    )
    func frames(length: Int) throws {
        let payload = ByteBuffer(bytes: (0..<length).map { UInt8(truncatingIfNeeded: $0) })
        for mask in [nil, 0x37FA213D] as [UInt32?] {
            var ours = WebSocketFrameHeader.roomyBuffer(capacity: length)
            ours.writeImmutableBuffer(payload)
            WebSocketFrameHeader.prepend(to: &ours, opcode: .text, mask: mask)
            #expect(try ours == encoded(payload, mask: mask))
        }
    }

    private func encoded(_ payload: ByteBuffer, mask: UInt32?) throws -> ByteBuffer {
        let channel = EmbeddedChannel(handler: WebSocketFrameEncoder())
        let key: WebSocketMaskingKey? = mask == nil ? nil : [0x37, 0xFA, 0x21, 0x3D]
        try channel.writeOutbound(WebSocketFrame(fin: true, opcode: .text, maskKey: key, data: payload))
        var whole = ByteBuffer()
        while var part = try channel.readOutbound(as: ByteBuffer.self) { whole.writeBuffer(&part) }
        _ = try channel.finish()
        return whole
    }
}
