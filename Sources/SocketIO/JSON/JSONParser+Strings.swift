extension JSONParser {
    /// A string (RFC 8259 §7), from its opening quote to behind its closing one.
    mutating func string() throws(JSONParsingError) -> String {
        let start = position + 1
        position = start
        try skipPlainCharacters()
        guard bytes[position] != UInt8(ascii: "\"") else {
            let text = try text(start..<position)
            position += 1
            return text
        }
        return try escapedString(from: start)
    }

    /// Steps to the next quote or backslash.
    private mutating func skipPlainCharacters() throws(JSONParsingError) {
        while bytes.count - position >= 8 {
            let plain = ByteWord(bytes, at: position).plainStringPrefix
            position += plain
            if plain < 8 { return try stopAtPlainCharacter() }
        }
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20: return try stopAtPlainCharacter()
            default: position += 1
            }
        }
        throw JSONParsingError(.unexpectedEnd, at: position)
    }

    private func stopAtPlainCharacter() throws(JSONParsingError) {
        guard bytes[position] >= 0x20 else { throw JSONParsingError(.controlCharacter, at: position) }
    }

    /// The characters of a range that holds no escape.
    private func text(_ range: Range<Int>) throws(JSONParsingError) -> String {
        let slice = try wellFormed(range)
        return String(decoding: slice, as: UTF8.self)
    }

    private func wellFormed(_ range: Range<Int>) throws(JSONParsingError) -> UnsafeRawBufferPointer {
        let slice = UnsafeRawBufferPointer(rebasing: bytes[range])
        guard isWellFormedUTF8(slice) else { throw JSONParsingError(.invalidUTF8, at: range.lowerBound) }
        return slice
    }

    /// A string with escapes, which never are shorter than what they stand for. `position` is at the first of them.
    private mutating func escapedString(from start: Int) throws(JSONParsingError) -> String {
        var end = position
        while bytes[end] != UInt8(ascii: "\"") {
            position = min(end + 2, bytes.count)
            try skipPlainCharacters()
            end = position
        }
        _ = try wellFormed(start..<end)
        var failure: JSONParsingError?
        let text = String(unsafeUninitializedCapacity: end - start) { target in
            var unescaping = JSONUnescaping(bytes, start..<end)
            do throws(JSONParsingError) {
                return try unescaping.unescape(into: target)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        position = end + 1
        return text
    }
}
