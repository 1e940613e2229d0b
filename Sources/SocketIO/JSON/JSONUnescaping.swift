/// Writes out what a string's characters stand for (RFC 8259 §7). The range is one of a string whose end is known, and
/// whose bytes are UTF-8.
struct JSONUnescaping {
    private let bytes: UnsafeRawBufferPointer
    private let end: Int
    private var position: Int

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// Fills the target, which is as long as the range, and returns how much of it.
    mutating func unescape(into target: UnsafeMutableBufferPointer<UInt8>) throws(JSONParsingError) -> Int {
        var count = 0
        while position < end {
            let byte = bytes[position]
            if byte != UInt8(ascii: "\\") {
                target[count] = byte
                position += 1
                count += 1
            } else {
                for unit in UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter {
                    target[count] = unit
                    count += 1
                }
            }
        }
        return count
    }

    private mutating func escape() throws(JSONParsingError) -> Unicode.Scalar {
        let start = position
        position += 2
        guard position <= end else { throw JSONParsingError(.invalidEscape, at: start) }
        switch bytes[position - 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar(from: start)
        default: throw JSONParsingError(.invalidEscape, at: start)
        }
    }

    /// `\uXXXX`, or two of them that make a surrogate pair. `position` is behind the `u`. Half a pair, which JavaScript's texts can
    /// have in them and no UTF-8 can, is the replacement character (RFC 8259 §8.2 leaves it open).
    private mutating func scalar(from start: Int) throws(JSONParsingError) -> Unicode.Scalar {
        let unit = try hexadecimalUnit(from: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), position + 6 <= end,
            bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let second = position
        position += 2
        let trail = try hexadecimalUnit(from: second)
        guard UTF16.isTrailSurrogate(trail) else {
            position = second
            return "\u{FFFD}"
        }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func hexadecimalUnit(from start: Int) throws(JSONParsingError) -> UInt16 {
        guard position + 4 <= end else { throw JSONParsingError(.invalidEscape, at: start) }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = hexadecimalDigit(bytes[position]) else {
                throw JSONParsingError(.invalidEscape, at: start)
            }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
