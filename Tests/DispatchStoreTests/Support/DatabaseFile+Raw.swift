import GRDB

@testable import DispatchStore

protocol HasDatabaseFile {
    var file: DatabaseFile { get }
}

extension ServerDatabase: HasDatabaseFile {}
extension RunRecord: HasDatabaseFile {}

extension HasDatabaseFile {
    /// SQL on the writing connection, for what no caller of the module may do.
    func execute(_ sql: String) throws {
        try file.writer.writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// The rows of a query, each as its values with blanks between them.
    func rows(_ sql: String) throws -> [String] {
        try file.writer.read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { value in
                    switch value.storage {
                    case .null: "NULL"
                    case .int64(let number): "\(number)"
                    case .double(let number): "\(number)"
                    case .string(let text): text
                    case .blob(let data): "\(data)"
                    }
                }.joined(separator: " ")
            }
        }
    }

    func number(_ sql: String) throws -> Int? {
        try file.writer.read { try Int.fetchOne($0, sql: sql) }
    }

    /// Every row of every table but `run`, which holds the wall clock's values.
    func dump() throws -> [String] {
        let tables = try rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('run', 'grdb_migrations') ORDER BY name"
        )
        // The chain's beginning is a table of one column.
        return try tables.flatMap { table in
            try rows("SELECT '\(table)', * FROM \(table) ORDER BY 2\(table == "journal_chain" ? "" : ", 3")")
        }
    }
}

extension HasDatabaseFile {
    /// Asked on the writing connection: pragmas differ from one to the next.
    func onWriter(_ sql: String) throws -> Int? {
        try file.writer.writeWithoutTransaction { try Int.fetchOne($0, sql: sql) }
    }
}

extension RecordWriter {
    func finishing(_ body: (RecordWriter) throws -> Void) throws {
        try body(self)
        try finish()
    }
}
