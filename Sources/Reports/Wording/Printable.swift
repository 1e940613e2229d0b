extension String {
    /// Control characters as pictures of themselves (U+2400…): a name with an escape sequence in it must not reach a terminal,
    /// nor an XML document, where they are not allowed (XML 1.0 §2.2).
    /// - Parameter keepingLines: line feeds and tabs stay.
    func printable(keepingLines: Bool = false) -> String {
        guard unicodeScalars.contains(where: { !Self.isPrintable($0) }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if Self.isPrintable(scalar) || keepingLines && (scalar == "\n" || scalar == "\t") {
                text.unicodeScalars.append(scalar)
            } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
                text.unicodeScalars.append(picture)
            } else {
                text.unicodeScalars.append(scalar.value == 0x7F ? "\u{2421}" : "\u{FFFD}")
            }
        }
        return text
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: false
        // What turns the direction of writing around would let a name rewrite the line it stands in.
        case 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: false
        default: true
        }
    }
}
