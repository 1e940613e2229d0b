/// The columns of a table, each named in one place; the case `createdAt` is the column `created_at`. Raw values count from 0.
///
/// What is written is bound to such a name and what is read is asked for by it, so that no order of columns is written down twice.
protocol ColumnName: CaseIterable, RawRepresentable<Int>, Equatable {}

extension ColumnName {
    /// As it stands in the schema, or behind `AS` in a query.
    var name: String {
        String(describing: self).map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
    }
}

/// The columns of a table of the schema.
protocol TableColumn: ColumnName {
    static var table: String { get }
    /// Those of the table itself; a query may add others, from a table that it joins.
    static var own: [Self] { get }
}

extension TableColumn {
    static var own: [Self] { Array(allCases) }

    /// Of all that the file has: one of an older version has fewer columns than these.
    static var selection: String { "SELECT * FROM \(table)" }

    /// - Parameter verb: what becomes of a row that has the key already.
    static func insertion(_ verb: String = "INSERT") -> String {
        let names = own.map(\.name)
        let values = names.map { ":" + $0 }.joined(separator: ", ")
        return "\(verb) INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(values))"
    }
}
