internal import Base
internal import DemandResponse
internal import GRDB
internal import GRDBSQLite
internal import Journal

/// A prepared statement whose arguments are bound straight through SQLite's C interface.
///
/// GRDB's own arguments go through an array of boxed values a row; at a dozen rows a dispatch that was a third of the writer's
/// time. Only this type touches the C interface.
struct InsertStatement {
    private let statement: Statement
    private let handle: SQLiteStatement
    private let connection: SQLiteConnection?

    init(_ database: Database, _ sql: String) throws {
        statement = try database.makeStatement(sql: sql)
        handle = statement.sqliteStatement
        connection = database.sqliteConnection
    }

    func bind(_ value: Int?, at index: Int32) {
        if let value { sqlite3_bind_int64(handle, index, Int64(value)) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ value: Timestamp?, at index: Int32) {
        if let value { sqlite3_bind_int64(handle, index, value.microseconds) } else { sqlite3_bind_null(handle, index) }
    }

    /// SQLite copies the text before this returns.
    func bind(_ value: String?, at index: Int32) {
        guard var value else {
            sqlite3_bind_null(handle, index)
            return
        }
        value.withUTF8 { utf8 in
            _ = utf8.withMemoryRebound(to: CChar.self) { characters in
                if let base = characters.baseAddress {
                    sqlite3_bind_text(handle, index, base, Int32(characters.count), Self.transient)
                } else {
                    sqlite3_bind_text(handle, index, "", 0, Self.transient)
                }
            }
        }
    }

    /// Of a `WordTable`, whose bytes live as long as the process: nothing is copied.
    func bind(_ word: UnsafeBufferPointer<UInt8>, at index: Int32) {
        word.withMemoryRebound(to: CChar.self) { characters in
            _ = sqlite3_bind_text(handle, index, characters.baseAddress, Int32(characters.count), nil)
        }
    }

    func bind(_ state: DeliveryState, at index: Int32) {
        bind(JournalState(state).bytes, at: index)
    }

    /// The record of a customer without any method is named '' in the tables.
    func bind(_ method: DispatchMethod?, at index: Int32) {
        bind(JournalMethod(method).bytes, at: index)
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

    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
