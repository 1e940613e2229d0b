internal import Base
internal import NIOCore

/// Reads Socket.IO packets (protocol 5, "Packet encoding") and waits for the attachments that a packet announces.
struct SocketIODecoder {
    /// Attachments of one packet; each is at most a message long. The reference implementation's default.
    static let maximumAttachments = 10

    /// Boxed where it is big: sessions are many, and nearly all of them are `idle`.
    private indirect enum State {
        /// The next message is a text.
        case idle
        /// A packet announced attachments, and some are still to come.
        case awaitingAttachments(SocketIOPacket, count: Int, received: [[UInt8]], heldBytes: Int)
    }

    private var state = State.idle

    /// How many bytes a value of JSON takes at most for each of its text's.
    private static let mostBytesPerCharacter = 16

    /// What is kept of a packet whose attachments have not all come.
    var heldBytes: Int {
        if case .awaitingAttachments(_, _, _, let heldBytes) = state { heldBytes } else { 0 }
    }

    /// Reads a text. Nil if the packet's attachments are still to come.
    mutating func decode(text: ByteBuffer) throws(SocketIODecodingError) -> SocketIOPacket? {
        guard case .idle = state else { throw SocketIODecodingError(.unexpectedText) }
        let parsed = try text.withUnsafeReadableBytes { bytes in
            Result { () throws(SocketIODecodingError) in
                var parser = SocketIOPacketParser(bytes)
                return try parser.packet()
            }
        }.get()
        guard parsed.attachments > 0 else { return parsed.packet }
        state = .awaitingAttachments(
            parsed.packet,
            count: parsed.attachments,
            received: [],
            heldBytes: text.readableBytes * Self.mostBytesPerCharacter
        )
        return nil
    }

    /// Takes an attachment. Nil if more are to come.
    mutating func decode(attachment: ByteBuffer) throws(SocketIODecodingError) -> SocketIOPacket? {
        guard case .awaitingAttachments(let packet, let count, var received, let heldBytes) = state else {
            throw SocketIODecodingError(.unexpectedBinary)
        }
        received.append(Array(attachment.readableBytesView))
        guard received.count == count else {
            state = .awaitingAttachments(
                packet,
                count: count,
                received: received,
                heldBytes: heldBytes + attachment.readableBytes
            )
            return nil
        }
        state = .idle
        return try packet.replacingPlaceholders(with: received)
    }
}

extension SocketIOPacket {
    fileprivate func replacingPlaceholders(
        with attachments: [[UInt8]]
    ) throws(SocketIODecodingError) -> SocketIOPacket {
        switch self {
        case .event(var event):
            var rest = attachments.map(Optional.some)
            event.arguments = try replacePlaceholders(in: event.arguments, from: &rest)
            return .event(event)
        case .acknowledgement(let namespace, let id, let arguments):
            var rest = attachments.map(Optional.some)
            let arguments = try replacePlaceholders(in: arguments, from: &rest)
            return .acknowledgement(namespace: namespace, id: id, arguments: arguments)
        case .connect, .disconnect, .connectError:
            return self
        }
    }
}

/// Each attachment has one place: a packet that names one a thousand times would be a thousand times as long when it is sent on.
private func replacePlaceholders(
    in values: [JSON],
    from attachments: inout [[UInt8]?]
) throws(SocketIODecodingError) -> [JSON] {
    var result: [JSON] = []
    result.reserveCapacity(values.count)
    for value in values { result.append(try replacePlaceholders(in: value, from: &attachments)) }
    return result
}

/// The parser has bounded the depth.
private func replacePlaceholders(
    in value: JSON,
    from attachments: inout [[UInt8]?]
) throws(SocketIODecodingError) -> JSON {
    switch value {
    case .array(let elements):
        return .array(try replacePlaceholders(in: elements, from: &attachments))
    case .object(var object):
        if object["_placeholder"] == true {
            guard let number = object["num"]?.integerValue, let index = Int(exactly: number),
                attachments.indices.contains(index)
            else { throw SocketIODecodingError(.placeholderOutOfBounds) }
            guard let attachment = attachments[index] else { throw SocketIODecodingError(.placeholderRepeated) }
            attachments[index] = nil
            return .binary(attachment)
        }
        for index in object.members.indices {
            object.members[index].value = try replacePlaceholders(in: object.members[index].value, from: &attachments)
        }
        return .object(object)
    default:
        return value
    }
}
