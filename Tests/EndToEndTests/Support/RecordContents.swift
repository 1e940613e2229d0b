import GRDB

/// All that a record holds but for the table `run`, where the wall clock's values stand.
struct RecordContents: Equatable {
    /// By name, each row as text.
    var tables: [String: [String]] = [:]

    init(of path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        tables = try queue.read { database in
            let names = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'run' ORDER BY name"
            )
            var tables: [String: [String]] = [:]
            for name in names {
                tables[name] = try Row.fetchAll(database, sql: "SELECT * FROM \(name)").map { "\($0)" }
            }
            return tables
        }
        try queue.close()
    }
}
