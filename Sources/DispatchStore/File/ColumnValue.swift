internal import Base
internal import GRDB
internal import GRDBSQLite

/// What can stand in a column, read and written straight through SQLite's C interface.
protocol ColumnValue {
    /// NULL reads as 0 or as nothing; whoever wants to know asks for an optional.
    init(_ handle: SQLiteStatement, _ place: Int32)
    func bind(to handle: SQLiteStatement, _ place: Int32)
}

extension Int64: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) { self = sqlite3_column_int64(handle, place) }
    func bind(to handle: SQLiteStatement, _ place: Int32) { sqlite3_bind_int64(handle, place, self) }
}

extension Int: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) { self.init(Int64(handle, place)) }
    func bind(to handle: SQLiteStatement, _ place: Int32) { Int64(self).bind(to: handle, place) }
}

extension Bool: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) { self = Int64(handle, place) != 0 }
    func bind(to handle: SQLiteStatement, _ place: Int32) { (self ? 1 : 0 as Int64).bind(to: handle, place) }
}

extension Timestamp: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) { self.init(microseconds: Int64(handle, place)) }
    func bind(to handle: SQLiteStatement, _ place: Int32) { microseconds.bind(to: handle, place) }
}

extension Span: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) { self.init(microseconds: Int64(handle, place)) }
    func bind(to handle: SQLiteStatement, _ place: Int32) { microseconds.bind(to: handle, place) }
}

extension Double: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) { self = sqlite3_column_double(handle, place) }
    func bind(to handle: SQLiteStatement, _ place: Int32) { sqlite3_bind_double(handle, place, self) }
}

extension String: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) { self.init(decoding: text(of: handle, place), as: UTF8.self) }

    func bind(to handle: SQLiteStatement, _ place: Int32) {
        var value = self
        value.withUTF8 { utf8 in
            _ = utf8.withMemoryRebound(to: CChar.self) { characters in
                if let base = characters.baseAddress {
                    sqlite3_bind_text(handle, place, base, Int32(characters.count), transient)
                } else {
                    sqlite3_bind_text(handle, place, "", 0, transient)
                }
            }
        }
    }
}

extension [UInt8]: ColumnValue {
    init(_ handle: SQLiteStatement, _ place: Int32) {
        let start = sqlite3_column_blob(handle, place)
        self.init(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, place))))
    }

    func bind(to handle: SQLiteStatement, _ place: Int32) {
        sqlite3_bind_blob(handle, place, self, Int32(count), transient)
    }
}

/// Of a text, which may have any byte in it; good until the next row.
func text(of handle: SQLiteStatement, _ place: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_text(handle, place)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, place)))
}

/// Has SQLite copy what is bound before the call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
