internal import NIOCore

/// A packet of the Engine.IO protocol, version 4 ("Packet encoding").
struct EngineIOPacket: Equatable, Sendable {
    /// The packet types, by the digit that stands for them on the wire.
    enum Kind: UInt8, Sendable {
        /// Server to client, first of all: the handshake.
        case open = 0x30
        case close
        case ping
        case pong
        case message
        case upgrade
        case noop
    }

    let kind: Kind
    /// What follows the type: text, or bytes if `isBinary`.
    let payload: ByteBuffer
    /// Binary packets are messages, always (§"WebSocket": binary payloads are sent as they are).
    let isBinary: Bool

    init(_ kind: Kind, _ payload: ByteBuffer = ByteBuffer(), isBinary: Bool = false) {
        self.kind = kind
        self.payload = payload
        self.isBinary = isBinary
    }

    /// Reads a WebSocket text message. Nil if it starts with no packet type.
    init?(text: ByteBuffer) {
        var payload = text
        guard let digit = payload.readInteger(as: UInt8.self), let kind = Kind(rawValue: digit) else { return nil }
        self.init(kind, payload)
    }

    /// Reads a WebSocket binary message.
    init(binary: ByteBuffer) {
        self.init(.message, binary, isBinary: true)
    }
}
