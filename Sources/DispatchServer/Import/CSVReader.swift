/// Comma-separated values (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes. A bare line feed ends a
/// row as well as CRLF does, and so does a bare carriage return.
struct CSVReader {
    struct Row {
        /// On which it begins, from 1.
        var line: Int
        var fields: [String]
    }

    private var rest: Substring.UnicodeScalarView
    private var line = 1
    private(set) var problems: [(line: Int, message: String)] = []

    init(_ text: String) {
        rest = text[...].unicodeScalars
    }

    /// All rows, the header first; empty lines are left out.
    mutating func rows() -> [Row] {
        var rows: [Row] = []
        while !rest.isEmpty {
            let row = row()
            if row.fields != [""] { rows.append(row) }
        }
        return rows
    }

    private mutating func row() -> Row {
        var row = Row(line: line, fields: [])
        while true {
            row.fields.append(CSVField.read(rest.first == "\"" ? quotedField() : plainField()))
            if rest.first == "," {
                rest.removeFirst()
            } else {
                endLine()
                return row
            }
        }
    }

    private mutating func plainField() -> String {
        let end = rest.firstIndex { $0 == "," || $0 == "\r" || $0 == "\n" } ?? rest.endIndex
        let field = rest[..<end]
        if field.contains("\"") { problems.append((line, "a field with a quote in it must be quoted as a whole")) }
        rest = rest[end...]
        return String(field)
    }

    private mutating func quotedField() -> String {
        let first = line
        var field = String.UnicodeScalarView()
        rest.removeFirst()
        while let scalar = rest.popFirst() {
            if scalar == "\n" || scalar == "\r" && rest.first != "\n" { line += 1 }
            guard scalar == "\"" else {
                field.append(scalar)
                continue
            }
            if rest.first == "\"" {
                field.append("\"")
                rest.removeFirst()
            } else {
                skipToSeparator()
                return String(field)
            }
        }
        problems.append((first, "the quoted field that begins here does not end"))
        return String(field)
    }

    private mutating func skipToSeparator() {
        let end = rest.firstIndex { $0 == "," || $0 == "\r" || $0 == "\n" } ?? rest.endIndex
        if end != rest.startIndex { problems.append((line, "there is something between a quote and the next comma")) }
        rest = rest[end...]
    }

    private mutating func endLine() {
        guard let end = rest.popFirst() else { return }
        if end == "\r", rest.first == "\n" { rest.removeFirst() }
        line += 1
    }
}
