internal import NIOCore

/// Packets as the body of one HTTP message (Engine.IO protocol 4, "Packet encoding", "HTTP long-polling"): texts between
/// record separators, binary ones as a `b` and base64.
enum EngineIOPayload {
    static let separator: UInt8 = 0x1E
    static let binaryPrefix = UInt8(ascii: "b")

    /// The body that brings packets to a client. They are given as the frames that WebSocket clients get, so that one
    /// packet serves both.
    static func body(_ frames: some Collection<ByteBuffer>) -> ByteBuffer {
        let payloads = frames.map(WebSocketFrameHeader.content)
        let capacity = payloads.reduce(0) { $0 + ($1.isText ? $1.payload.readableBytes : $1.payload.base64Length) + 2 }
        var body = ByteBufferAllocator().buffer(capacity: capacity)
        for (index, content) in payloads.enumerated() {
            if index > 0 { body.writeInteger(separator) }
            if content.isText {
                body.writeImmutableBuffer(content.payload)
            } else {
                body.writeInteger(binaryPrefix)
                body.writeBase64(content.payload)
            }
        }
        return body
    }
}

/// Cuts the body of a client's POST into packets, one after the other.
struct EngineIOPayloadReader {
    enum Step: Equatable {
        case packet(EngineIOPacket)
        /// No packet type, or no base64. Nothing can follow.
        case malformed
        /// There are no more.
        case end
    }

    private var rest: ByteBuffer?

    init(_ body: ByteBuffer) {
        rest = body
    }

    mutating func next() -> Step {
        guard var text = rest else { return .end }
        let end = text.readableBytesView.firstIndex(of: EngineIOPayload.separator)
        rest = nil
        if let end {
            rest = text.getSlice(at: end + 1, length: text.writerIndex - end - 1)
            text.moveWriterIndex(to: end)
        }
        if text.readableBytesView.first == EngineIOPayload.binaryPrefix {
            text.moveReaderIndex(forwardBy: 1)
            guard let bytes = text.decodingBase64() else { return .malformed }
            return .packet(EngineIOPacket(binary: bytes))
        }
        return EngineIOPacket(text: text).map(Step.packet) ?? .malformed
    }
}
