internal import Base

/// A field of a CSV file as spreadsheets, too, take it for the text that it is. All by scalars: to a reader of CSV a quote is one, also
/// with a combining mark behind it.
enum CSVField {
    /// With these a field begins that a spreadsheet carries out (OWASP, "CSV Injection").
    private static let formulaSigns = "=+-@\t\r\n".unicodeScalars

    /// The text as it stands in a file (RFC 4180 §2). What a spreadsheet would take for a formula has an apostrophe in front, which is
    /// a spreadsheet's own sign for a text.
    static func written(_ text: String) -> String {
        let safe = isFormula(text) ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"" + safe.escaped { $0 == "\"" ? "\"\"" : nil } + "\""
    }

    /// The text of a field that `written` may have written.
    /// - Parameter field: without its quotes.
    static func read(_ field: String) -> String {
        guard field.unicodeScalars.first == "'" else { return field }
        let text = String(field.unicodeScalars.dropFirst())
        return isFormula(text) ? text : field
    }

    /// Also with apostrophes in front, so that a text which has one of its own does not lose it.
    private static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first { $0 != "'" }.map(formulaSigns.contains) ?? false
    }
}
