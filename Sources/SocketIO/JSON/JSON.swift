/// A JSON value (RFC 8259) that keeps the order of an object's members.
///
/// Ours instead of Foundation's for two reasons: clients of the first version see members in a fixed order, and the
/// payloads of a fan-out (some 300 bytes) must be read and written in about a microsecond, straight from and into a
/// `ByteBuffer`. Numbers without fraction and exponent that fit are `integer`; all others are `number`.
///
/// Equality is structural: members compare in order, and `integer(1)` is not `number(1)`.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
    /// Bytes beside the text. Only Socket.IO payloads hold them; on the wire they are attachments
    /// (Socket.IO protocol 5, "Packet encoding").
    case binary([UInt8])
}

extension JSON {
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value as an integer; a `number` without fraction counts (a JavaScript peer cannot tell 1 from 1.0).
    public var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    public var numberValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var arrayValue: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    public var binaryValue: [UInt8]? {
        if case .binary(let value) = self { value } else { nil }
    }

    /// The member of that name, if this is an object that has one.
    public subscript(key: String) -> JSON? {
        if case .object(let object) = self { object[key] } else { nil }
    }
}
