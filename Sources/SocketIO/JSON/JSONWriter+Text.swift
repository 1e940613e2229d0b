internal import NIOCore

extension JSONWriter {
    /// Writes `"…"`, or `"…":` for a key, with a comma before it if asked. One reservation of space, and a plain copy
    /// unless something has to be escaped (RFC 8259 §7).
    mutating func writeQuoted(_ text: String, behind comma: Bool, asKey: Bool) {
        var text = text
        text.withUTF8 { characters in
            let characters = UnsafeRawBufferPointer(characters)
            let plain = plainPrefix(characters)
            guard plain == characters.count else {
                return writeEscaped(characters, plain: plain, behind: comma, asKey: asKey)
            }
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: plain + 4) { target in
                var length = 0
                if comma { length = append(UInt8(ascii: ","), to: target, at: length) }
                length = append(UInt8(ascii: "\""), to: target, at: length)
                target.copy(characters, at: length)
                length = append(UInt8(ascii: "\""), to: target, at: length + plain)
                return asKey ? append(UInt8(ascii: ":"), to: target, at: length) : length
            }
        }
    }

    private mutating func writeEscaped(_ text: UnsafeRawBufferPointer, plain: Int, behind comma: Bool, asKey: Bool) {
        buffer.reserveCapacity(minimumWritableBytes: text.count + 16)
        if comma { buffer.writeInteger(UInt8(ascii: ",")) }
        buffer.writeInteger(UInt8(ascii: "\""))
        var rest = text
        var plain = plain
        while true {
            buffer.writeBytes(UnsafeRawBufferPointer(rebasing: rest[..<plain]))
            guard plain < rest.count else { break }
            writeEscaped(rest[plain])
            rest = UnsafeRawBufferPointer(rebasing: rest[(plain + 1)...])
            plain = plainPrefix(rest)
        }
        buffer.writeInteger(UInt8(ascii: "\""))
        if asKey { buffer.writeInteger(UInt8(ascii: ":")) }
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): buffer.writeStaticString("\\\"")
        case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
        case 0x08: buffer.writeStaticString("\\b")
        case 0x0C: buffer.writeStaticString("\\f")
        case 0x0A: buffer.writeStaticString("\\n")
        case 0x0D: buffer.writeStaticString("\\r")
        case 0x09: buffer.writeStaticString("\\t")
        case 0..<0x20:
            let digits: StaticString = "0123456789abcdef"
            buffer.writeStaticString("\\u00")
            buffer.writeInteger(digits.utf8Start[Int(byte >> 4)])
            buffer.writeInteger(digits.utf8Start[Int(byte & 15)])
        default: buffer.writeInteger(byte)
        }
    }

    mutating func writeInteger(_ value: Int64, behind comma: Bool) {
        // A comma, a sign and the 19 digits of Int64's extremes.
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 21) { target in
            var length = 0
            if comma { length = append(UInt8(ascii: ","), to: target, at: length) }
            if value < 0 { length = append(UInt8(ascii: "-"), to: target, at: length) }
            return writeDigits(value.magnitude, to: target, at: length)
        }
    }
}

/// How many bytes precede the first one that needs an escape.
private func plainPrefix(_ text: UnsafeRawBufferPointer) -> Int {
    var index = 0
    while text.count - index >= 8 {
        let plain = ByteWord(text, at: index).plainStringPrefix
        index += plain
        if plain < 8 { return index }
    }
    while index < text.count {
        switch text[index] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20: return index
        default: index += 1
        }
    }
    return index
}

extension UnsafeMutableRawBufferPointer {
    /// The caller has made sure that there is space.
    @inline(__always)
    fileprivate func copy(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard let target = baseAddress, let source = bytes.baseAddress else { return }
        (target + offset).copyMemory(from: source, byteCount: bytes.count)
    }
}

@inline(__always)
private func append(_ byte: UInt8, to target: UnsafeMutableRawBufferPointer, at index: Int) -> Int {
    target[index] = byte
    return index + 1
}

/// Writes a number's decimal digits and returns the index behind them.
func writeDigits(_ value: UInt64, to target: UnsafeMutableRawBufferPointer, at start: Int) -> Int {
    var count = 1
    var rest = value
    while rest >= 10 {
        rest /= 10
        count += 1
    }
    rest = value
    for index in stride(from: start + count - 1, through: start, by: -1) {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        target[index] = UInt8(ascii: "0") + UInt8(digit)
        rest = quotient
    }
    return start + count
}
