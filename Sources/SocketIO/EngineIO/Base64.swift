internal import NIOCore

/// Base64 with padding (RFC 4648 §4).
extension ByteBuffer {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    private static let notInAlphabet: UInt8 = 0xFF
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: notInAlphabet, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// How many characters the readable bytes make.
    var base64Length: Int { (readableBytes + 2) / 3 * 4 }

    mutating func writeBase64(_ bytes: ByteBuffer) {
        var bytes = bytes
        while let (a, b, c) = bytes.readMultipleIntegers(as: (UInt8, UInt8, UInt8).self) {
            writeCharacters(UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c), count: 4)
        }
        let a = bytes.readInteger(as: UInt8.self)
        let b = bytes.readInteger(as: UInt8.self)
        guard let a else { return }
        writeCharacters(UInt32(a) << 16 | UInt32(b ?? 0) << 8, count: b == nil ? 2 : 3)
        writeRepeatingByte(Self.padding, count: b == nil ? 2 : 1)
    }

    /// The first of the four characters that 24 bits make.
    private mutating func writeCharacters(_ bits: UInt32, count: Int) {
        for index in 0..<count { writeInteger(Self.alphabet[Int(bits >> (18 - UInt32(index) * 6) & 63)]) }
    }

    /// The bytes for which the readable characters stand; nil if they are not base64: a foreign character, or padding
    /// that is missing or in the wrong place. Bits that stand for nothing are not looked at.
    func decodingBase64() -> ByteBuffer? {
        guard readableBytes.isMultiple(of: 4) else { return nil }
        var text = self
        if text.readableBytesView.last == Self.padding { text.moveWriterIndex(to: text.writerIndex - 1) }
        if text.readableBytesView.last == Self.padding { text.moveWriterIndex(to: text.writerIndex - 1) }
        var result = ByteBufferAllocator().buffer(capacity: text.readableBytes / 4 * 3 + 2)
        var bits: UInt32 = 0
        var count = 0
        for character in text.readableBytesView {
            let value = Self.values[Int(character)]
            guard value != Self.notInAlphabet else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            guard count == 4 else { continue }
            result.writeMultipleIntegers(
                UInt8(truncatingIfNeeded: bits >> 16),
                UInt8(truncatingIfNeeded: bits >> 8),
                UInt8(truncatingIfNeeded: bits)
            )
            (bits, count) = (0, 0)
        }
        if count >= 2 { result.writeInteger(UInt8(truncatingIfNeeded: bits >> (count == 2 ? 4 : 10))) }
        if count == 3 { result.writeInteger(UInt8(truncatingIfNeeded: bits >> 2)) }
        return result
    }
}
