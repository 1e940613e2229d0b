internal import GRDB

/// The rows of a record's tables, past the code that is tested.
public enum RecordRows {
    /// Those of several queries, one after the other, each as text.
    public static func read(_ queries: [String], from path: String) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let rows = try queue.read { database in
            try queries.flatMap { query in
                try Row.fetchAll(database, sql: query).map { row in
                    row.databaseValues.map(\.description).joined(separator: " | ")
                }
            }
        }
        try queue.close()
        return rows
    }
}
