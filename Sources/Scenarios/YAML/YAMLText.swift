internal import Base

/// The pieces of YAML of which a scenario's text is made.
enum YAMLText {
    /// A text as a scalar that the reader takes for text wherever it stands: as it is, or in double quotes.
    static func scalar(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    /// The same for a scalar that is not in `[…]` or `{…}`, where it may hold their signs.
    static func blockScalar(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let isSafe =
            bytes.first.map(isLetter) ?? false && bytes.last != UInt8(ascii: " ") && bytes.last != UInt8(ascii: ":")
            && bytes.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains(": ") && !text.contains(" #")
        return isSafe && !isWord(text) ? text : quoted(text)
    }

    /// `{a: 1, b: 2}` of pairs whose values are YAML already; those without a value are left out.
    static func mapping(_ pairs: [(key: String, value: String?)]) -> String {
        "{" + pairs.compactMap { pair in pair.value.map { "\(pair.key): \($0)" } }.joined(separator: ", ") + "}"
    }

    static func list(_ elements: [String]) -> String { "[" + elements.joined(separator: ", ") + "]" }

    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, isLetter(first), bytes.last != UInt8(ascii: " ") else { return false }
        return bytes.allSatisfy { isLetter($0) || $0.isDigit || " _./()%+@'&-".utf8.contains($0) } && !isWord(text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }

    /// What YAML, of one version or another, takes for a truth value or for nothing.
    private static func isWord(_ text: String) -> Bool {
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    }

    private static func quoted(_ text: String) -> String {
        let inside = text.escaped { scalar in
            switch scalar {
            case "\"": return "\\\""
            case "\\": return "\\\\"
            case "\n": return "\\n"
            case "\t": return "\\t"
            case _ where isPrintable(scalar): return nil
            default:
                let digits = String(scalar.value, radix: 16)
                return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return "\"\(inside)\""
    }

    /// What may stand between quotes as it is; line separators and private-use scalars may not.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
