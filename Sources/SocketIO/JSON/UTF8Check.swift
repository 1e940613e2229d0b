/// Whether bytes are well-formed UTF-8 (RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF).
func isWellFormedUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    let end = bytes.count
    while index < end {
        if end - index >= 8, ByteWord(bytes, at: index).isASCII {
            index += 8
            continue
        }
        if bytes[index] < 0x80 {
            index += 1
            continue
        }
        let length = wellFormedLength(bytes, at: index)
        if length == 0 { return false }
        index += length
    }
    return true
}

/// The length of the character of several bytes at that place, or 0 if it is none.
private func wellFormedLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    func isContinuation(_ offset: Int, in range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
        index + offset < bytes.count && range.contains(bytes[index + offset])
    }
    switch bytes[index] {
    case 0xC2...0xDF:
        return isContinuation(1) ? 2 : 0
    case 0xE0:
        return isContinuation(1, in: 0xA0...0xBF) && isContinuation(2) ? 3 : 0
    case 0xED:
        return isContinuation(1, in: 0x80...0x9F) && isContinuation(2) ? 3 : 0
    case 0xE1...0xEF:
        return isContinuation(1) && isContinuation(2) ? 3 : 0
    case 0xF0:
        return isContinuation(1, in: 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xF1...0xF3:
        return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xF4:
        return isContinuation(1, in: 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : 0
    default:
        return 0
    }
}
