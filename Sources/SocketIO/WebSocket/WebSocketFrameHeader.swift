internal import NIOCore
internal import NIOWebSocket

/// The octets before a frame's payload (RFC 6455 §5.2), put in front of a payload that left room for them.
///
/// We build frames instead of handing payloads to NIO's encoder so that one event for thousands of sessions is framed
/// once, and so that every message is one write of one buffer.
enum WebSocketFrameHeader {
    /// The longest header: two octets, eight of length, four of mask. Payloads start no earlier in their buffer.
    static let room = 14

    /// Puts the header right before the readable bytes, which must start at `room` or later, and masks them if a key
    /// is given (§5.3). Copies first if the storage is shared.
    static func prepend(to buffer: inout ByteBuffer, opcode: WebSocketOpcode, mask: UInt32? = nil) {
        let length = buffer.readableBytes
        let lengthSize = length <= 125 ? 0 : length <= Int(UInt16.max) ? 2 : 8
        let header = 2 + lengthSize + (mask == nil ? 0 : 4)
        buffer.moveReaderIndex(to: buffer.readerIndex - header)
        buffer.withUnsafeMutableReadableBytes { frame in
            frame[0] = 0x80 | UInt8(webSocketOpcode: opcode)
            frame[1] = lengthSize == 0 ? UInt8(length) : lengthSize == 2 ? 126 : 127
            for index in 0..<lengthSize {
                frame[2 + index] = UInt8(truncatingIfNeeded: length >> ((lengthSize - 1 - index) * 8))
            }
            guard let mask else { return }
            frame[1] |= 0x80
            frame.storeBytes(of: mask.bigEndian, toByteOffset: header - 4, as: UInt32.self)
            frame.xor(from: header, with: mask)
        }
    }

    /// What a frame of our own, whole and without mask, carries.
    static func content(_ frame: ByteBuffer) -> (isText: Bool, payload: ByteBuffer) {
        let bytes = frame.readableBytesView
        var payload = frame
        guard let opcode = bytes.first, let length = bytes.dropFirst().first else { return (true, payload) }
        payload.moveReaderIndex(forwardBy: length < 126 ? 2 : length == 126 ? 4 : 10)
        return (opcode & 0x0F == UInt8(webSocketOpcode: .text), payload)
    }

    /// A buffer with room for the header, whose readable bytes start behind it.
    static func roomyBuffer(capacity: Int, room: Int = room) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: room + capacity)
        buffer.moveWriterIndex(to: room)
        buffer.moveReaderIndex(to: room)
        return buffer
    }
}

extension ByteBuffer {
    /// Unmasking, which is masking once more (RFC 6455 §5.3). Copies first if the storage is shared.
    mutating func unmask(with mask: UInt32) {
        withUnsafeMutableReadableBytes { $0.xor(from: 0, with: mask) }
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Eight bytes a step.
    fileprivate func xor(from start: Int, with mask: UInt32) {
        let octets = mask.bigEndian
        let wide = UInt64(octets) << 32 | UInt64(octets)
        var index = start
        while count - index >= 8 {
            let word = loadUnaligned(fromByteOffset: index, as: UInt64.self)
            storeBytes(of: word ^ wide, toByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < count {
            self[index] ^= UInt8(truncatingIfNeeded: mask >> (24 - UInt32((index - start) & 3) * 8))
            index += 1
        }
    }
}
