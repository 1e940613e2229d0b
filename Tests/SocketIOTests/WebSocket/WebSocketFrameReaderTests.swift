import NIOCore
import NIOWebSocket
import Testing

@testable import SocketIO

@Suite struct WebSocketFrameReaderTests {
    private static func payload(_ count: Int) -> ByteBuffer {
        ByteBuffer(bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0) })
    }

    private static func wire(_ count: Int, mask: UInt32?) -> ByteBuffer {
        var buffer = WebSocketFrameHeader.roomyBuffer(capacity: count)
        buffer.writeImmutableBuffer(payload(count))
        WebSocketFrameHeader.prepend(to: &buffer, opcode: .text, mask: mask)
        return buffer
    }

    @Test("frames come out as they were put in, whatever the pieces", arguments: [1, 2, 3, 7, 100, 200_000])
    func pieces(size: Int) {
        var stream = ByteBuffer()
        let lengths = [0, 1, 125, 126, 127, 1000, 65535, 65536, 3]
        for length in lengths {
            stream.writeImmutableBuffer(Self.wire(length, mask: length % 2 == 0 ? 0x0102_0304 : nil))
        }
        var reader = WebSocketFrameReader(maximumLength: 70_000)
        var frames: [ReceivedFrame] = []
        while stream.readableBytes > 0 {
            reader.append(stream.readSlice(length: min(size, stream.readableBytes)) ?? ByteBuffer())
            while case .frame(let frame) = reader.next() { frames.append(frame) }
        }
        #expect(frames.map(\.payload.readableBytes) == lengths)
        for frame in frames {
            var payload = frame.payload
            if let mask = frame.mask { payload.unmask(with: mask) }
            #expect(payload == Self.payload(payload.readableBytes))
            #expect(frame.firstByte == 0x81)
        }
        expect(reader.next(), is: .incomplete)
    }

    @Test(
        "too long a frame is refused by its header alone, and so is a length in the wrong form",
        arguments: [
            ([0x81, 126, 0x03, 0xE9], .tooLong), ([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0], .tooLong),
            ([0x81, 127, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .tooLong),
            ([0x81, 126, 0, 125], .badLength), ([0x81, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .badLength),
            ([0x81, 126, 0x03], .incomplete), ([0x81], .incomplete), ([0x81, 0x81, 0, 0, 0], .incomplete),
            ([], .incomplete),
        ] as [([UInt8], WebSocketFrameReader.Step)]
    )
    func headers(bytes: [UInt8], step: WebSocketFrameReader.Step) {
        var reader = WebSocketFrameReader(maximumLength: 1000)
        reader.append(ByteBuffer(bytes: bytes))
        expect(reader.next(), is: step)
    }
}
