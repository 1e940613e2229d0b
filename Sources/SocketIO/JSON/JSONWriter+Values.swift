public import Base
internal import NIOCore

extension JSONWriter {
    /// Writes a tree. Bytes become `{"_placeholder":true,"num":N}`, and an attachment of that number (Socket.IO 5, "Packet encoding").
    public mutating func value(_ value: JSON) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .unsigned(let value): raw(String(value))
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object): self.object(object)
        case .binary(let bytes): placeholder(for: bytes)
        }
    }

    public mutating func object(_ object: JSONObject) {
        beginObject()
        for member in object.members {
            key(member.key)
            value(member.value)
        }
        endObject()
    }

    private mutating func placeholder(for bytes: [UInt8]) {
        beginObject()
        key("_placeholder")
        bool(true)
        key("num")
        integer(attachments.count)
        endObject()
        attachments.append(bytes)
    }
}

extension JSON {
    /// The value as a JSON text.
    public var text: String {
        var writer = JSONWriter()
        writer.value(self)
        return String(buffer: writer.buffer)
    }
}
