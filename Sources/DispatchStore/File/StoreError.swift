internal import GRDB

/// What went wrong with a database file, in words for the person who named it. Equal by code.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case notADatabase
        case otherApplication
        case newerSchema
        case cannotOpen
        case alreadyExists
        case full
        case damaged
        case busy
        case failed
    }

    public let code: Code
    public let path: String
    public let message: String

    public init(_ code: Code, path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    public var description: String { "\(path): \(message)" }

    public static func == (a: StoreError, b: StoreError) -> Bool { a.code == b.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

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
