internal import Base
internal import NIOCore

/// Writes `4<type>[<attachments>-][<namespace>,][<id>]<JSON>` (Engine.IO 4 and Socket.IO 5, "Packet encoding") into
/// one allocation: room for the WebSocket header and the prefix is left in front, and filled when the payload, hence
/// its number of attachments, is known.
struct PacketEncoder: Sendable {
    private let kind: SocketIOPacket.Kind
    private let namespace: String
    private let id: Int?
    var json: JSONWriter

    init(_ kind: SocketIOPacket.Kind, namespace: String, id: Int? = nil, capacity: Int = 256) {
        self.kind = kind
        self.namespace = namespace
        self.id = id
        // The two types, a number of attachments and a dash, the namespace and a comma, an id of at most 19 digits.
        let prefixRoom = 2 + 11 + (namespace.utf8.count + 1) + (id == nil ? 0 : 19)
        json = JSONWriter(
            WebSocketFrameHeader.roomyBuffer(capacity: capacity, room: WebSocketFrameHeader.room + prefixRoom)
        )
    }

    consuming func finish() -> EncodedPacket {
        let attachments = json.attachments
        var buffer = json.buffer
        json = JSONWriter(ByteBuffer())  // so that the bytes are ours alone
        if attachments.isEmpty, id == nil, namespace == "/" {
            buffer.prepend(EngineIOPacket.Kind.message.rawValue, kind.rawValue)
        } else {
            buffer.prepend(prefix(attachments: attachments.count))
        }
        return EncodedPacket(payload: buffer, attachments: attachments)
    }

    private func prefix(attachments: Int) -> String {
        var prefix = "4"
        prefix.unicodeScalars.append(Unicode.Scalar(wireType(attachments: attachments).rawValue))
        if attachments > 0 { prefix += "\(attachments)-" }
        if namespace != "/" { prefix += "\(namespace)," }
        if let id { prefix += "\(id)" }
        return prefix
    }

    private func wireType(attachments: Int) -> SocketIOPacket.Kind {
        switch kind {
        case .event where attachments > 0: .binaryEvent
        case .acknowledgement where attachments > 0: .binaryAcknowledgement
        default: kind
        }
    }
}

extension ByteBuffer {
    /// The prefix of nearly all packets.
    fileprivate mutating func prepend(_ first: UInt8, _ second: UInt8) {
        let index = readerIndex - 2
        setInteger(UInt16(first) << 8 | UInt16(second), at: index)
        moveReaderIndex(to: index)
    }

    /// Writes a text right before the readable bytes, where the caller has left room.
    fileprivate mutating func prepend(_ text: String) {
        let index = readerIndex - text.utf8.count
        setString(text, at: index)
        moveReaderIndex(to: index)
    }
}

extension EncodedPacket {
    /// CONNECT, DISCONNECT or CONNECT_ERROR.
    init(_ kind: SocketIOPacket.Kind, namespace: String, payload: JSON? = nil) {
        var encoder = PacketEncoder(kind, namespace: namespace)
        if let payload { encoder.json.value(payload) }
        self = encoder.finish()
    }

    /// The first packet of a session.
    init(_ handshake: EngineIOHandshake) {
        var buffer = WebSocketFrameHeader.roomyBuffer(capacity: 160)
        buffer.writeInteger(EngineIOPacket.Kind.open.rawValue)
        var writer = JSONWriter(buffer)
        handshake.write(to: &writer)
        self.init(payload: writer.buffer)
    }
}
