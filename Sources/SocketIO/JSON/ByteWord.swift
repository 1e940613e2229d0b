/// Eight bytes looked at in one step ("SIMD within a register"), the first byte lowest.
struct ByteWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    let bits: UInt64

    /// The caller has checked that eight bytes stand at the offset.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    var isASCII: Bool { bits & Self.highBits == 0 }

    /// How many bytes precede the first one that a JSON string cannot hold as it is: `"`, `\` and control characters
    /// (RFC 8259 §7). Eight if there is none.
    ///
    /// Each of the three terms is exact for its lowest hit (carries only reach upwards), hence so is their union.
    @inline(__always)
    var plainStringPrefix: Int {
        let quote = bits ^ (Self.ones &* 0x22)
        let backslash = bits ^ (Self.ones &* 0x5C)
        let hits =
            ((quote &- Self.ones) & ~quote)
            | ((backslash &- Self.ones) & ~backslash)
            | ((bits &- (Self.ones &* 0x20)) & ~bits)
        return (hits & Self.highBits).trailingZeroBitCount >> 3
    }
}
