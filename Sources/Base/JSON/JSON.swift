/// A JSON value (RFC 8259) that keeps the order of an object's members.
///
/// Ours instead of Foundation's for two reasons: clients of the first version see members in a fixed order, and the
/// payloads of a fan-out (some 300 bytes) must be read and written in about a microsecond, straight from and into a
/// `ByteBuffer`: `SocketIO` does that. Numbers without fraction and exponent that fit are `integer`; all others are `number`.
///
/// Equality is structural: members compare in order, and `integer(1)` is not `number(1)`.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A whole number that may lie beyond `integer`, in documents of ours: a seed. It is never read.
    case unsigned(UInt64)
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
        case .unsigned(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The value as a whole number, however it is written: 5, 5.0 or 5E+0, or one of these as text, as forms and CSV have it.
    public var wholeNumber: Int? {
        switch self {
        case .string(let text):
            if let number = Int(text) { return number }
            // What else Swift reads as a number (hexadecimal, infinity) is none here.
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
            return Double(text).flatMap { Int(exactly: $0) }
        default: return integerValue.flatMap { Int(exactly: $0) }
        }
    }

    public var numberValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
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

/// The members of a JSON object, in the order in which they were written.
///
/// Lookup is linear: the objects of this protocol have a dozen members, where a scan beats hashing. Of duplicate names
/// the last one counts, as in JavaScript (RFC 8259 §4 leaves it open).
public struct JSONObject: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: JSON

        public init(key: String, value: JSON) {
            self.key = key
            self.value = value
        }
    }

    public var members: [Member]

    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// The last member of that name. Setting replaces it where it stands, appends a new one, or removes all of that
    /// name when the new value is nil.
    public subscript(key: String) -> JSON? {
        get {
            var index = members.count
            while index > 0 {
                index -= 1
                if members[index].key == key { return members[index].value }
            }
            return nil
        }
        set {
            guard let newValue else {
                members.removeAll { $0.key == key }
                return
            }
            if let index = members.lastIndex(where: { $0.key == key }) {
                members[index].value = newValue
            } else {
                members.append(Member(key: key, value: newValue))
            }
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements.map { Member(key: $0.0, value: $0.1) })
    }
}

// MARK: Literals, and values that may be missing

extension JSON: ExpressibleByNilLiteral {
    public init(nilLiteral: ()) { self = .null }
}

extension JSON: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSON: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Double) { self = .number(value) }
}

extension JSON: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .members(elements)
    }
}

extension JSON {
    /// `null` for what is missing.
    public init(_ text: String?) { self = text.map(JSON.string) ?? .null }
    public init(_ number: Int64?) { self = number.map(JSON.integer) ?? .null }
    public init(_ number: Int) { self = .integer(Int64(number)) }

    public static func strings(_ strings: [String]) -> JSON { .array(strings.map(JSON.string)) }

    /// An object of these members, in their order.
    public static func members(_ members: [(String, JSON)]) -> JSON {
        .object(JSONObject(members.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }
}
