public import Base
internal import NIOCore

/// Builds an event packet (Socket.IO protocol 5, EVENT) without a tree in between:
///
///     var event = EventEncoder("new-dispatch", capacity: 512)
///     event.json.beginObject()
///     event.json.key("_id"); event.json.string(id)
///     event.json.endObject()
///     let packet = event.finish()          // 42["new-dispatch",{"_id":"…"}]
///
/// Each whole value written to `json` is one argument of the event.
public struct EventEncoder: Sendable {
    private var packet: PacketEncoder

    /// - Parameters:
    ///   - name: not one of the reserved names (`connect`, `disconnect`, …), which receivers refuse.
    ///   - acknowledgementID: asks for an acknowledgement; sessions give these out themselves (`emit` with a callback).
    ///   - capacity: of the arguments, in bytes. One allocation if it suffices.
    public init(_ name: String, namespace: String = "/", capacity: Int = 256) {
        self.init(name, namespace: namespace, acknowledgementID: nil, capacity: capacity)
    }

    init(_ name: String, namespace: String, acknowledgementID: Int?, capacity: Int = 256) {
        assert(!SocketIOEvent.isReserved(name), "\(name) is a reserved event name")
        packet = PacketEncoder(.event, namespace: namespace, id: acknowledgementID, capacity: capacity)
        packet.json.beginArray()
        packet.json.string(name)
    }

    /// Where the arguments are written.
    public var json: JSONWriter {
        get { packet.json }
        _modify { yield &packet.json }
    }

    public consuming func finish() -> EncodedPacket {
        packet.json.endArray()
        return packet.finish()
    }
}

extension EncodedPacket {
    /// An event with its arguments. Bytes among them make it a BINARY_EVENT with attachments.
    public init(event name: String, namespace: String = "/", _ arguments: [JSON]) {
        self.init(event: name, namespace: namespace, acknowledgementID: nil, arguments)
    }

    init(event name: String, namespace: String, acknowledgementID: Int?, _ arguments: [JSON]) {
        var encoder = EventEncoder(name, namespace: namespace, acknowledgementID: acknowledgementID)
        for argument in arguments { encoder.json.value(argument) }
        self = encoder.finish()
    }

    /// The answer to an event that asked for one (ACK, BINARY_ACK).
    init(acknowledging id: Int, namespace: String, _ arguments: [JSON]) {
        var encoder = PacketEncoder(.acknowledgement, namespace: namespace, id: id)
        encoder.json.value(.array(arguments))
        self = encoder.finish()
    }
}
