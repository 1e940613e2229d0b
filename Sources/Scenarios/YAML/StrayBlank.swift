/// A character that looks like a space and is none to YAML: a no-break space, mostly.
enum StrayBlank {
    static let help = "type a space in its place; text that was copied from a page often brings such characters"

    /// Where the first one stands of those that are not between two words.
    static func index(in line: [Unicode.Scalar]) -> Int? {
        line.indices.first { index in
            guard isStray(line[index]) else { return false }
            return index == 0 || line[index - 1].isBlank || isStray(line[index - 1])
                || ":-,{[".contains(Character(line[index - 1]))
        }
    }

    static func message(_ scalar: Unicode.Scalar) -> String {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
        return
            "\(scalar == "\u{A0}" ? "a no-break space" : "an unusual blank") (U+\(padded)) stands where a space belongs"
    }

    /// Space separators but the space itself, and two that take no room at all.
    static func isStray(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }
}
