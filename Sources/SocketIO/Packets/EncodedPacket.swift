internal import NIOCore
internal import NIOWebSocket

/// A packet as it goes over the wire, built once and sent to any number of sessions: a copy shares the bytes.
///
/// It is held as a whole WebSocket frame of a server, since that is the same for each receiver. A client's frames are
/// masked, each with its own key, so a client makes its own of it.
public struct EncodedPacket: Sendable {
    /// A text frame, header included, without mask.
    let frame: ByteBuffer
    /// Binary frames, one an attachment, in order.
    let attachments: [ByteBuffer]
    /// Where in the frame's storage the payload starts.
    private let payloadIndex: Int

    /// What it weighs on the wire, in bytes.
    public var byteCount: Int {
        attachments.isEmpty
            ? frame.readableBytes : attachments.reduce(frame.readableBytes) { $0 + $1.readableBytes }
    }

    /// The text of the Engine.IO packet, its type included: `42["name",…]`.
    public var text: String {
        String(buffer: payload)
    }

    var payload: ByteBuffer {
        var payload = frame
        payload.moveReaderIndex(to: payloadIndex)
        return payload
    }

    /// - Parameter payload: whose readable bytes start at `WebSocketFrameHeader.room` or later.
    init(payload: consuming ByteBuffer, attachments: [[UInt8]] = []) {
        payloadIndex = payload.readerIndex
        WebSocketFrameHeader.prepend(to: &payload, opcode: .text)
        frame = payload
        self.attachments = attachments.isEmpty ? [] : attachments.map(Self.binaryFrame)
    }

    /// A packet that has a type and nothing else.
    init(_ kind: EngineIOPacket.Kind, payload: ByteBuffer = ByteBuffer()) {
        var buffer = WebSocketFrameHeader.roomyBuffer(capacity: 1 + payload.readableBytes)
        buffer.writeInteger(kind.rawValue)
        buffer.writeImmutableBuffer(payload)
        self.init(payload: buffer)
    }

    /// The frames as a client sends them (RFC 6455 §5.3), each under its own key. Copies nothing if this packet is
    /// held nowhere else.
    consuming func masked(by nextKey: () -> UInt32, _ write: (ByteBuffer) -> Void) {
        let attachments = self.attachments
        let index = payloadIndex
        var text = frame
        _ = consume self
        text.moveReaderIndex(to: index)
        WebSocketFrameHeader.prepend(to: &text, opcode: .text, mask: nextKey())
        write(text)
        for attachment in attachments {
            var binary = attachment
            binary.moveReaderIndex(to: WebSocketFrameHeader.room)
            WebSocketFrameHeader.prepend(to: &binary, opcode: .binary, mask: nextKey())
            write(binary)
        }
    }

    private static func binaryFrame(_ bytes: [UInt8]) -> ByteBuffer {
        var buffer = WebSocketFrameHeader.roomyBuffer(capacity: bytes.count)
        buffer.writeBytes(bytes)
        WebSocketFrameHeader.prepend(to: &buffer, opcode: .binary)
        return buffer
    }
}
