/// A table's columns, each named in one place: rows are written and read in this order.
struct Table {
    let name: String
    let columns: [String]

    /// - Parameter columns: with blanks between them.
    init(_ name: String, _ columns: String) {
        self.name = name
        self.columns = columns.split { $0.isWhitespace }.map(String.init)
    }

    var selection: String { "SELECT \(columns.joined(separator: ", ")) FROM \(name)" }

    /// - Parameter verb: what becomes of a row that has the key already.
    func insertion(_ verb: String = "INSERT") -> String {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        return "\(verb) INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }
}
