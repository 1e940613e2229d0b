internal import Base
internal import DemandResponse
internal import GRDB
internal import GRDBSQLite
internal import Journal

/// Walks over the rows of a query without making an object of each. Values are asked for by the names of their columns.
///
/// Unlike GRDB's rows, which end the process where a damaged file holds no text for a text, it reads what is there as SQLite converts it.
struct Cursor<Column: ColumnName> {
    private let statement: Statement
    private let handle: SQLiteStatement
    private let connection: SQLiteConnection?
    /// Where each column stands in the statement; -1 where it does not: files of older versions have fewer columns.
    private let places: [Int32]

    init(_ database: Database, _ sql: String, _ arguments: StatementArguments = []) throws {
        statement = try database.makeStatement(sql: sql)
        try statement.setArguments(arguments)
        handle = statement.sqliteStatement
        connection = database.sqliteConnection
        let names = statement.columnNames
        places = Column.allCases.map { column in names.firstIndex(of: column.name).map(Int32.init) ?? -1 }
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

    /// What each of the rows says that are still to come.
    func map<Value>(_ read: (Self) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        while try next() { values.append(try read(self)) }
        return values
    }

    /// What the next row says; `nil` where there is none.
    func first<Value>(_ read: (Self) throws -> Value) throws -> Value? { try next() ? read(self) : nil }

    func isNull(_ column: Column) -> Bool {
        let place = places[column.rawValue]
        return place < 0 || sqlite3_column_type(handle, place) == SQLITE_NULL
    }

    subscript<Value: ColumnValue>(_ column: Column) -> Value { Value(handle, places[column.rawValue]) }
    subscript<Value: ColumnValue>(_ column: Column) -> Value? {
        isNull(column) ? nil : Value(handle, places[column.rawValue])
    }

    /// `nil` for what is not in the list.
    func word<Word: JournalWord>(_ column: Column, as word: Word.Type = Word.self) -> Word? {
        Word(bytes: text(of: handle, places[column.rawValue]))
    }

    func state(_ column: Column) -> DeliveryState? { word(column, as: JournalState.self)?.delivery }

    func method(_ column: Column) -> DispatchMethod? { word(column, as: JournalMethod.self)?.method }
}
