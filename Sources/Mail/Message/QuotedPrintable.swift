/// Text as quoted-printable (RFC 2045 §6.7): every line at most 76 characters, nothing but ASCII, ends of lines as CR LF. What is
/// encoded so needs no relay that takes eight bits, and none on the way has to encode it anew.
enum QuotedPrintable {
    static func encode(_ text: String, into output: inout [UInt8]) {
        var column = 0
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if byte == UInt8(ascii: "\r"), bytes.first == UInt8(ascii: "\n") { bytes.removeFirst() }
                output += [0x0D, 0x0A]
                column = 0
                continue
            }
            let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            let endsLine = bytes.first.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? true
            let isLiteral =
                isBlank ? !endsLine : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
            let width = isLiteral ? 1 : 3
            if column + width > 75 {
                output += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
            }
            if isLiteral {
                output.append(byte)
            } else {
                output += [UInt8(ascii: "="), Self.digit(byte >> 4), Self.digit(byte & 0xF)]
            }
            column += width
        }
        if column > 0 { output += [0x0D, 0x0A] }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
