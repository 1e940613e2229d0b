public import NIOCore
internal import NIOWebSocket

/// What hosts of bare Engine.IO sessions send and receive (protocol 4, "Message").
public enum EngineIOMessage: Equatable, Sendable {
    /// UTF-8.
    case text(ByteBuffer)
    case binary(ByteBuffer)
}

extension EngineIOMessage {
    /// The frame that carries it to a client.
    var frame: ByteBuffer {
        switch self {
        case .text(let text): return EncodedPacket(.message, payload: text).frame
        case .binary(let bytes):
            var frame = WebSocketFrameHeader.roomyBuffer(capacity: bytes.readableBytes)
            frame.writeImmutableBuffer(bytes)
            WebSocketFrameHeader.prepend(to: &frame, opcode: .binary)
            return frame
        }
    }
}
