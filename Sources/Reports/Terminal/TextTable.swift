/// Rows of cells in columns of equal width: the first column to the left, the others to the right.
struct TextTable {
    struct Cell {
        var text: String
        var colour: Colour?
        /// How many columns it stands over.
        var span: Int

        init(_ text: String, _ colour: Colour? = nil, span: Int = 1) {
            self.text = text
            self.colour = colour
            self.span = span
        }
    }

    var rows: [[Cell]] = []
    var gap = 2
    var indent = 2

    /// - Parameter least: the first column is no narrower than this, so that tables below each other align.
    func lines(_ style: TerminalStyle, least: Int = 0) -> [String] {
        let cells = rows.map { row in row.map { Cell(style.plain($0.text), $0.colour, span: $0.span) } }
        // A cell over several columns takes the room that there is.
        let plain = cells.filter { row in row.allSatisfy { $0.span == 1 } }
        let count = plain.map(\.count).max() ?? 0
        guard count > 0 else { return [] }
        var widths = (0..<count).map { column in
            plain.map { column < $0.count ? $0[column].text.columns : 0 }.max() ?? 0
        }
        let others = widths.dropFirst().reduce(0) { $0 + $1 + gap }
        widths[0] = max(4, min(max(widths[0], least), style.width - indent - others))
        return cells.map { row in line(row, widths, style) }
    }

    private func line(_ row: [Cell], _ widths: [Int], _ style: TerminalStyle) -> String {
        var line = String(repeating: " ", count: indent)
        var column = 0
        // Nothing is padded in front of what is not there.
        let row = row.prefix(through: row.lastIndex { !$0.text.isEmpty } ?? 0)
        for cell in row {
            let covered = widths[column..<min(column + cell.span, widths.count)]
            let width = covered.reduce(0, +) + gap * (covered.count - 1)
            let text = cell.text.shortened(to: width, style.ellipsis)
            let padding = String(repeating: " ", count: max(0, width - text.columns))
            let painted = style.paint(text, cell.colour)
            if column == 0 {
                line += painted + (row.count > 1 ? padding : "")
            } else {
                line += String(repeating: " ", count: gap) + padding + painted
            }
            column += cell.span
        }
        return line
    }
}
