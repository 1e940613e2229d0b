internal import Base
internal import DemandResponse
internal import GRDB
internal import GRDBSQLite
internal import Journal

/// Walks over the rows of a large query without making an object of each; columns count from 0.
struct Cursor {
    private let statement: Statement
    private let handle: SQLiteStatement
    private let connection: SQLiteConnection?

    init(_ database: Database, _ sql: String, _ arguments: StatementArguments = []) throws {
        statement = try database.makeStatement(sql: sql)
        try statement.setArguments(arguments)
        handle = statement.sqliteStatement
        connection = database.sqliteConnection
    }

    /// Moves to the next row; false after the last one.
    func next() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: connection.map { String(cString: sqlite3_errmsg($0)) }
            )
        }
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
    func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
    /// Files of older versions have fewer columns: what is not there is null.
    func isPresent(_ column: Int32) -> Bool { column < sqlite3_column_count(handle) && !isNull(column) }
    func timestamp(_ column: Int32) -> Timestamp { Timestamp(microseconds: sqlite3_column_int64(handle, column)) }
    func timestampIfAny(_ column: Int32) -> Timestamp? { isNull(column) ? nil : timestamp(column) }
    func integerIfAny(_ column: Int32) -> Int? { isNull(column) ? nil : integer(column) }

    func text(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    /// Of a text, which may have any byte in it; good until the next row.
    private func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_text(handle, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    func textIfAny(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// `nil` for what is not in the list.
    func word<Word: JournalWord>(_ column: Int32, as word: Word.Type = Word.self) -> Word? {
        Word(bytes: bytes(column))
    }

    func state(_ column: Int32) -> DeliveryState? { word(column, as: JournalState.self)?.delivery }

    func method(_ column: Int32) -> DispatchMethod? { word(column, as: JournalMethod.self)?.method }
}
