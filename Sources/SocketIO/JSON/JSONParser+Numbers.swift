internal import Base

extension JSONParser {
    /// A number (RFC 8259 §6). `position` is at its sign or first digit.
    mutating func number() throws(JSONParsingError) -> JSON {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let firstDigit = position
        guard let magnitude = digits() else { throw invalidNumber() }
        let digitCount = position - firstDigit
        if digitCount > 1, bytes[firstDigit] == UInt8(ascii: "0") {
            throw JSONParsingError(.invalidNumber, at: firstDigit)
        }
        let next = peek()
        if next != UInt8(ascii: "."), next.map({ $0 | 0x20 }) != UInt8(ascii: "e") {
            // At most 18 digits always fit; more of them go the long way, as does −0, which no integer can say.
            if digitCount <= 18, !(isNegative && magnitude == 0) {
                return .integer(isNegative ? -Int64(magnitude) : Int64(magnitude))
            }
            if let integer = Int64(text(from: start)), integer != 0 { return .integer(integer) }
            return .number(try double(from: start))
        }
        try fractionAndExponent()
        return .number(try double(from: start))
    }

    /// Steps over digits. Nil if there is none; the value wraps around after 19 of them.
    private mutating func digits() -> UInt64? {
        let start = position
        var value: UInt64 = 0
        while let byte = peek(), case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            position += 1
        }
        return position == start ? nil : value
    }

    private mutating func fractionAndExponent() throws(JSONParsingError) {
        if peek() == UInt8(ascii: ".") {
            position += 1
            guard digits() != nil else { throw invalidNumber() }
        }
        if peek().map({ $0 | 0x20 }) == UInt8(ascii: "e") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            guard digits() != nil else { throw invalidNumber() }
        }
    }

    /// The text has been checked, so what is left to fail is its size: beyond the range of a double is an error, not
    /// an infinity that could not be written again.
    private func double(from start: Int) throws(JSONParsingError) -> Double {
        guard let value = Double(text(from: start)), value.isFinite else {
            throw JSONParsingError(.invalidNumber, at: start)
        }
        return value
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func invalidNumber() -> JSONParsingError {
        JSONParsingError(position < bytes.count ? .invalidNumber : .unexpectedEnd, at: position)
    }
}
