internal import Base

/// A whole packet of the Socket.IO protocol, version 5 ("Packet encoding"). BINARY_EVENT and BINARY_ACK are an `event`
/// and an `acknowledgement` once their attachments are back in place.
enum SocketIOPacket: Equatable, Sendable {
    /// From a client: its wish to join, with what it knows itself by. From a server: yes, with the session's id.
    case connect(namespace: String, payload: JSONObject?)
    case disconnect(namespace: String)
    case event(SocketIOEvent)
    case acknowledgement(namespace: String, id: Int, arguments: [JSON])
    /// From a server: no. An object, or a text from servers of old.
    case connectError(namespace: String, payload: JSON?)

    /// The packet types, by the digit that stands for them on the wire.
    enum Kind: UInt8 {
        case connect = 0x30
        case disconnect
        case event
        case acknowledgement
        case connectError
        case binaryEvent
        case binaryAcknowledgement

        var isBinary: Bool { self == .binaryEvent || self == .binaryAcknowledgement }
    }
}
