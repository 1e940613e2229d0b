internal import DemandResponse
internal import GRDB
internal import GRDBSQLite
internal import Journal

/// A prepared statement that writes rows, whose arguments are bound straight through SQLite's C interface, each to the column
/// that its parameter is named after: `:created_at`. What is not bound is NULL.
///
/// GRDB's own arguments go through an array of boxed values a row; at a dozen rows a dispatch that was a third of the writer's
/// time. Tables of few rows can afford to be written by `run(_:)`.
struct WriteStatement<Column: TableColumn> {
    private let statement: Statement
    private let handle: SQLiteStatement
    private let connection: SQLiteConnection?
    /// The position of each column's parameter; 0 for what the statement does not name.
    private let places: [Int32]

    init(_ database: Database, _ sql: String = Column.insertion()) throws {
        statement = try database.makeStatement(sql: sql)
        handle = statement.sqliteStatement
        connection = database.sqliteConnection
        places = Column.allCases.map { [handle] in sqlite3_bind_parameter_index(handle, ":" + $0.name) }
    }

    private func place(_ column: Column) -> Int32 {
        let place = places[column.rawValue]
        assert(place > 0, "\(column.name) is no parameter of this statement")
        return place
    }

    func bind<Value: ColumnValue>(_ value: Value?, at column: Column) { value?.bind(to: handle, place(column)) }

    /// Of a `WordTable`, whose bytes live as long as the process: nothing is copied.
    func bind(_ word: UnsafeBufferPointer<UInt8>, at column: Column) {
        word.withMemoryRebound(to: CChar.self) { characters in
            _ = sqlite3_bind_text(handle, place(column), characters.baseAddress, Int32(characters.count), nil)
        }
    }

    func bind(_ state: DeliveryState, at column: Column) { bind(JournalState(state).bytes, at: column) }

    /// The record of a customer without any method is named '' in the tables.
    func bind(_ method: DispatchMethod?, at column: Column) { bind(JournalMethod(method).bytes, at: column) }

    func run(_ values: KeyValuePairs<Column, (any ColumnValue)?>) throws {
        for (column, value) in values { value?.bind(to: handle, place(column)) }
        try run()
    }

    /// Runs the statement with what is bound, and makes it ready for the next row; every argument is then NULL again.
    func run() throws {
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            let message = connection.map { String(cString: sqlite3_errmsg($0)) }
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
        }
    }
}
