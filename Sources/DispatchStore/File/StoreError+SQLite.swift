internal import GRDB
internal import Journal

extension StoreError {
    /// Reads SQLite's result code (https://www.sqlite.org/rescode.html) as something that a person can act on.
    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_NOTADB:
            self.init(.notADatabase, path: path, "this file is not a SQLite database; name another file")
        case .SQLITE_FULL:
            self.init(.full, path: path, "the disk is full; nothing of the last transaction was kept")
        case .SQLITE_CORRUPT:
            self.init(.damaged, path: path, "the database is damaged (\(error.message ?? "corrupt")); restore a copy")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
            self.init(
                .cannotOpen,
                path: path,
                "cannot be opened for writing; check that its folder exists and is writable"
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, path: path, "another process is using this database")
        case .SQLITE_IOERR:
            self.init(
                .failed,
                path: path,
                "reading or writing failed (\(error.message ?? "I/O error")); is the disk full?"
            )
        default:
            self.init(.failed, path: path, error.message ?? "SQLite says \(error.resultCode.rawValue)")
        }
    }
}

/// Runs a body and turns SQLite's errors into `StoreError`s that name the file.
func storing<Value>(_ path: String, _ body: () throws -> Value) throws(StoreError) -> Value {
    do {
        return try body()
    } catch let error as StoreError {
        throw error
    } catch let error as DatabaseError {
        throw StoreError(error, path: path)
    } catch {
        throw StoreError(.failed, path: path, String(describing: error))
    }
}
