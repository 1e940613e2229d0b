internal import Base

extension String {
    /// Control characters as pictures of themselves (U+2400…): a name with an escape sequence in it must not reach a terminal,
    /// nor an XML document, where they are not allowed (XML 1.0 §2.2).
    /// - Parameter keepingLines: line feeds and tabs stay.
    func printable(keepingLines: Bool = false) -> String {
        guard unicodeScalars.contains(where: { !$0.isPrintable }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.isPrintable || keepingLines && (scalar == "\n" || scalar == "\t") {
                text.unicodeScalars.append(scalar)
            } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
                text.unicodeScalars.append(picture)
            } else {
                text.unicodeScalars.append(scalar.value == 0x7F ? "\u{2421}" : "\u{FFFD}")
            }
        }
        return text
    }
}
