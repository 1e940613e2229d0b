/// The part of a source line around a column, ready to be shown, with the caret's offset in terminal columns.
public struct Excerpt: Sendable, Hashable {
    /// Tabs and control characters are replaced, so that what is seen is as wide as it is counted.
    public var text: String
    /// How many terminal columns lie left of the caret.
    public var caret: Int

    /// - Parameters:
    ///   - line: a source line without its end.
    ///   - column: from 1, counted in Unicode scalars; beyond the line's end: just after it.
    ///   - width: how many terminal columns may be filled.
    public init(line: Substring, column: Int, width: Int = 120) {
        let scalars = line.unicodeScalars
        let index = scalars.index(scalars.startIndex, offsetBy: max(0, column - 1), limitedBy: scalars.endIndex)
        // A column inside a character (between a letter and its accent, say) counts as the character's.
        let caretIndex = Self.characterStart(at: index ?? line.endIndex, in: line)

        // Enough on either side to fill the width, and no more: a line may be a whole file.
        let room = width - 1
        var left = Piece(cells: line[..<caretIndex].suffix(width + 1).map(Cell.init))
        var right = Piece(cells: line[caretIndex...].prefix(width + 1).map(Cell.init))
        if left.width + right.width > room {
            let rightRoom = max(room - left.width, room / 3)
            right = right.cut(to: rightRoom, keeping: .start)
            left = left.cut(to: room - right.width, keeping: .end)
        }
        text = left.text + right.text
        caret = left.width
    }

    /// Characters begin where stepping over the next one and back arrives.
    private static func characterStart(at index: String.Index, in line: Substring) -> String.Index {
        index < line.endIndex ? line.index(before: line.index(after: index)) : index
    }
}

/// A character as it is shown.
private struct Cell {
    var text: String
    var width: Int

    init(_ character: Character) {
        let scalar = character.unicodeScalars.first ?? " "
        switch scalar.value {
        case 0x09: (text, width) = ("    ", 4)
        case ..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: (text, width) = ("\u{FFFD}", 1)
        default: (text, width) = (String(character), character.terminalWidth)
        }
    }

    static let ellipsis = Cell("…")
}

private struct Piece {
    enum End { case start, end }

    var cells: [Cell]
    var width: Int { cells.reduce(0) { $0 + $1.width } }
    var text: String { cells.map(\.text).joined() }

    func cut(to room: Int, keeping end: End) -> Piece {
        guard width > room else { return self }
        let ordered = end == .start ? cells : cells.reversed()
        var kept: [Cell] = []
        var used = Cell.ellipsis.width
        for cell in ordered {
            guard used + cell.width <= room else { break }
            kept.append(cell)
            used += cell.width
        }
        kept.append(.ellipsis)
        return Piece(cells: end == .start ? kept : kept.reversed())
    }
}

extension Character {
    /// How many columns a terminal gives it: 2 for East Asian wide characters and emoji, else 1.
    fileprivate var terminalWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.value {
        case 0x0300...0x036F, 0x200B...0x200D, 0xFE00...0xFE0F, 0xFEFF: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
