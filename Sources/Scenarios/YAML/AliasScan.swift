/// Looks for aliases before YAML is composed, because composing does two things to them that no bound can be put on:
/// it hashes every key, expanding the aliases in it; and it frees a chain of them by recursion.
///
/// The scan knows no YAML: what looks like an alias is counted even in text or comments. Neither limit is near what a
/// scenario could need.
struct AliasScan {
    private(set) var problem: YAMLProblem?

    init(_ text: String) {
        var text = text
        problem = text.withUTF8 { bytes in
            // Most files have none, and are done here.
            bytes.contains(UInt8(ascii: "*")) ? Self.scan(bytes) : nil
        }
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLProblem? {
        var aliases = 0
        var location = SourceLocation.start
        var keyInFlow: SourceLocation?
        for (offset, byte) in bytes.enumerated() {
            let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0x0A
            let previous = offset > 0 ? bytes[offset - 1] : 0x0A
            if byte == UInt8(ascii: "*"), isSeparator(previous), !isSeparator(next) {
                aliases += 1
                if aliases > YAMLDocument.Bounds.aliases {
                    return YAMLProblem(
                        message: "more than \(YAMLDocument.Bounds.aliases) aliases",
                        location: location,
                        help: "write what is meant without them"
                    )
                }
                if isKey(bytes, from: offset) { return keyProblem(at: location) }
            }
            let opensKey = byte == UInt8(ascii: "?") && isSeparator(previous) && isSeparator(next)
            let closesKey = (byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")) && isKey(bytes, from: offset)
            if opensKey || closesKey { keyInFlow = keyInFlow ?? location }
            if byte == 0x0A && previous != 0x0D || byte == 0x0D {
                location = SourceLocation(line: location.line + 1, column: 1)
            } else if byte != 0x0A, byte & 0xC0 != 0x80 {
                location.column += 1
            }
        }
        return aliases > 0 ? keyInFlow.map(keyProblem) : nil
    }

    private static func keyProblem(at location: SourceLocation) -> YAMLProblem {
        YAMLProblem(
            message: "a key must be plain text",
            location: location,
            help: "aliases, lists and mappings are values"
        )
    }

    /// Whether a colon and a blank follow the token that begins here.
    private static func isKey(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Bool {
        var end = offset + 1
        while end < bytes.count, !isSeparator(bytes[end]) { end += 1 }
        if end < bytes.count, bytes[end - 1] == UInt8(ascii: ":") { return true }
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        return end + 1 < bytes.count && bytes[end] == UInt8(ascii: ":") && isSeparator(bytes[end + 1])
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: ","):
            true
        default: false
        }
    }
}
