/// A text that may have line feeds in it as one without: `\n` stands for a line feed, `\\` for a backslash.
enum OneLine {
    static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\\") }) else { return text }
        var line: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            default: line.append(byte)
            }
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// As format 1 wrote it, which cannot be undone.
    static func joined(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    static func unescape(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "\\")) else { return line }
        var text: [UInt8] = []
        var isEscaped = false
        for byte in line.utf8 {
            if isEscaped {
                text.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
