internal import Base

/// Reads JSON (RFC 8259) from bytes in one pass: no tokens, no lookahead beyond a byte.
///
/// The pointer must outlive the parser, which is why it never leaves a `withUnsafeReadableBytes`.
struct JSONParser {
    /// Arrays and objects within each other. Bounds the recursion, hence the stack.
    static let maximumDepth = 64

    let bytes: UnsafeRawBufferPointer
    var position: Int

    init(_ bytes: UnsafeRawBufferPointer, from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// A whole text: a value and nothing but white space around it.
    mutating func document() throws(JSONParsingError) -> JSON {
        let result = try value(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw JSONParsingError(.trailingBytes, at: position) }
        return result
    }

    mutating func value(depth: Int) throws(JSONParsingError) -> JSON {
        skipWhitespace()
        guard position < bytes.count else { throw JSONParsingError(.unexpectedEnd, at: position) }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["):
            return .array(try array(depth: depth + 1))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        default:
            throw JSONParsingError(.unexpectedByte, at: position)
        }
    }

    private mutating func object(depth: Int) throws(JSONParsingError) -> JSONObject {
        try enter(depth)
        var members: [JSONObject.Member] = []
        if consume(UInt8(ascii: "}")) { return JSONObject() }
        members.reserveCapacity(8)
        while true {
            skipWhitespace()
            guard peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try string()
            guard consume(UInt8(ascii: ":")) else { throw unexpected() }
            members.append(JSONObject.Member(key: key, value: try value(depth: depth)))
            if consume(UInt8(ascii: ",")) { continue }
            guard consume(UInt8(ascii: "}")) else { throw unexpected() }
            return JSONObject(members)
        }
    }

    private mutating func array(depth: Int) throws(JSONParsingError) -> [JSON] {
        try enter(depth)
        var elements: [JSON] = []
        if consume(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            if consume(UInt8(ascii: ",")) { continue }
            guard consume(UInt8(ascii: "]")) else { throw unexpected() }
            return elements
        }
    }

    /// Steps over the bracket that the caller has seen.
    private mutating func enter(_ depth: Int) throws(JSONParsingError) {
        guard depth <= Self.maximumDepth else { throw JSONParsingError(.tooDeep, at: position) }
        position += 1
    }

    private mutating func literal(_ text: StaticString) throws(JSONParsingError) {
        for offset in 0..<text.utf8CodeUnitCount {
            guard peek() == text.utf8Start[offset] else { throw unexpected() }
            position += 1
        }
    }
}

extension JSONParser {
    @inline(__always)
    func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    /// Steps over white space and that byte, if it is next.
    @inline(__always)
    mutating func consume(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// What is wrong with the byte at the position: that it is there, or that it is not.
    func unexpected() -> JSONParsingError {
        JSONParsingError(position < bytes.count ? .unexpectedByte : .unexpectedEnd, at: position)
    }
}
