internal import Base
internal import DemandResponse
internal import GRDB
internal import GRDBSQLite

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

    /// `nil` for what is not in the list.
    func word<Word>(_ column: Int32, of words: WordTable<Word>) -> Word? { words.word(bytes(column)) }

    func textIfAny(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// The first byte of a text: enough to tell the kinds of a few observations apart; 0 for none.
    func initial(_ column: Int32) -> UInt8 { sqlite3_column_text(handle, column)?[0] ?? 0 }

    /// By the bytes that tell a closed list's names apart; every name is checked when the table is written.
    func state(_ column: Int32) -> DeliveryState? {
        guard let bytes = sqlite3_column_text(handle, column), bytes[0] != 0 else { return nil }
        return switch bytes[0] {
        case UInt8(ascii: "p"): .pending
        case UInt8(ascii: "s"): bytes[3] == UInt8(ascii: "t") ? .sent : .sending
        case UInt8(ascii: "d"): bytes[2] == UInt8(ascii: "l") ? .delivered : .deferred
        case UInt8(ascii: "f"): .failed
        case UInt8(ascii: "w"): .withdrawn
        case UInt8(ascii: "u"): .unreachable
        default: nil
        }
    }

    /// By the bytes that tell a closed list's names apart.
    func method(_ column: Int32) -> DispatchMethod? {
        guard let bytes = sqlite3_column_text(handle, column) else { return nil }
        return switch (bytes[0], bytes[0] == 0 ? 0 : bytes[3]) {
        case (UInt8(ascii: "e"), _): .email
        case (UInt8(ascii: "t"), _): .text
        case (UInt8(ascii: "v"), _): .voice
        case (UInt8(ascii: "w"), UInt8(ascii: "h")): .webhook
        case (UInt8(ascii: "w"), _): .websocket
        default: nil
        }
    }
}
