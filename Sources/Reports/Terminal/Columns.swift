/// Text measured in columns of a terminal.
extension String {
    /// How many columns this takes: wide East Asian writing and emoji take two each (Unicode UAX #11).
    var columns: Int { reduce(0) { $0 + Self.columns(of: $1) } }

    private static func columns(of character: Character) -> Int {
        guard let value = character.unicodeScalars.first?.value, value >= 0x1100 else { return 1 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

    func aligned(right width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

    /// At most this many columns: what is too much goes from the middle, since names differ at both ends.
    func shortened(to width: Int, _ ellipsis: String) -> String {
        guard columns > width else { return self }
        let room = width - ellipsis.columns
        guard room > 0 else { return String(ellipsis.prefix(max(0, width))) }
        var head = ""
        var tail: [Character] = []
        var headWidth = 0
        var tailWidth = 0
        for character in self {
            headWidth += Self.columns(of: character)
            guard headWidth <= (room + 1) / 2 else { break }
            head.append(character)
        }
        for character in reversed() {
            tailWidth += Self.columns(of: character)
            guard tailWidth <= room / 2 else { break }
            tail.append(character)
        }
        return head + ellipsis + String(tail.reversed())
    }

    /// Lines of at most this many columns, broken at blanks; a word that is longer still is shortened.
    func wrapped(to width: Int, _ ellipsis: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(whereSeparator: \.isWhitespace) {
            let word = String(word).shortened(to: width, ellipsis)
            if line.isEmpty {
                line = word
            } else if line.columns + 1 + word.columns <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = word
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
