extension Unicode.Scalar {
    /// Whether it is seen, or moves what is seen: no control character, nothing that ends a line, nothing that turns the direction of
    /// writing around, by which a name could rewrite the line it stands in, and nothing that XML 1.0 (§2.2) forbids.
    public var isPrintable: Bool {
        switch value {
        case ..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: false
        case 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: false
        default: true
        }
    }

    /// As `U+202E`.
    public var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension String {
    /// The text with something else in place of each scalar for which `escape` has it.
    ///
    /// By scalars, not by characters: a sign that a combining mark follows is markup all the same, and `\r\n` is two scalars.
    public func escaped(_ escape: (Unicode.Scalar) -> String?) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if let replacement = escape(scalar) {
                result.append(contentsOf: replacement.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
