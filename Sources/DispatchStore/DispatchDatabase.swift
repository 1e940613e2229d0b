internal import Foundation
internal import GRDB

/// A database file with the schema of this version: a server's, or the record of a run.
///
/// One connection writes; a server's database has readers beside it.
public final class DispatchDatabase: Sendable {
    public let path: String
    let writer: any DatabaseWriter
    private let use: Use
    /// Of a file that this process writes.
    private let lock: FileLock?

    /// How the file is used, which settles how it is kept safe.
    enum Use {
        /// WAL, and every commit on the disk before anything is said of it (`synchronous = FULL`).
        case server
        /// The same while a live run lasts; then a single file, which readers cannot change.
        case servedRecord
        /// Written once, by one process, and worth nothing unless it is finished: no syncing on the way.
        case record
        case reading
    }

    /// Opens a server's database, or makes it when there is none. No other process may serve it at the same time.
    public static func openServer(at path: String) throws(StoreError) -> DispatchDatabase {
        try refuseFolder(path)
        let lock = try FileLock(path)
        do {
            return try DispatchDatabase(path: path, use: .server, lock: lock)
        } catch {
            if lock.isNew { remove(path) }
            throw error
        }
    }

    /// Opens a server's database for a small change, whether a server is using it now or not.
    public static func openBesideServer(at path: String) throws(StoreError) -> DispatchDatabase {
        do {
            return try openServer(at: path)
        } catch  where error.code == .busy {
            return try DispatchDatabase(path: path, use: .server, lock: nil)
        }
    }

    /// Makes the record of a run anew; a file that is there already is emptied, unless another process is writing it.
    /// - Parameter isServed: a live server writes it, and everything in it is to be as durable as a server's database.
    public static func createRecord(at path: String, isServed: Bool = false) throws(StoreError) -> DispatchDatabase {
        try refuseFolder(path)
        let lock = try FileLock(path)
        guard lock.empty(), removeCompanions(of: path) else {
            throw StoreError(.cannotOpen, path: path, "cannot be replaced: \(String(cString: strerror(errno)))")
        }
        return try DispatchDatabase(path: path, use: isServed ? .servedRecord : .record, lock: lock)
    }

    /// Opens the record of a run again that another process has served meanwhile.
    public static func reopenRecord(at path: String) throws(StoreError) -> DispatchDatabase {
        try DispatchDatabase(path: path, use: .servedRecord, lock: FileLock(path))
    }

    /// Opens a record or a server's database without changing it.
    public static func openForReading(at path: String) throws(StoreError) -> DispatchDatabase {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError(.cannotOpen, path: path, "there is no such file")
        }
        try refuseFolder(path)
        return try DispatchDatabase(path: path, use: .reading, lock: nil)
    }

    /// A folder is never opened, and above all never replaced.
    private static func refuseFolder(_ path: String) throws(StoreError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw StoreError(.cannotOpen, path: path, "this is a folder, not a database")
        }
    }

    /// What SQLite keeps beside a file. Left over from another file of that name it would be taken for this one's.
    private static func removeCompanions(of path: String) -> Bool {
        ["-journal", "-wal", "-shm"].allSatisfy { unlink(path + $0) == 0 || errno == ENOENT }
    }

    private static func remove(_ path: String) {
        _ = removeCompanions(of: path)
        unlink(path)
    }

    private init(path: String, use: Use, lock: FileLock?) throws(StoreError) {
        self.path = path
        self.use = use
        self.lock = lock
        writer = try storing(path) {
            let writer: any DatabaseWriter
            var configuration = Configuration()
            configuration.busyMode = .timeout(2)
            switch use {
            case .server, .servedRecord:
                // The default WAL set-up of a pool runs after `prepareDatabase`, so `synchronous` is set below.
                configuration.maximumReaderCount = 4
                try Self.check(path)
                writer = try DatabasePool(path: path, configuration: configuration)
                try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            case .record:
                configuration.prepareDatabase { database in
                    try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
                    try database.execute(sql: "PRAGMA cache_size = -32768; PRAGMA locking_mode = EXCLUSIVE")
                }
                writer = try DatabaseQueue(path: path, configuration: configuration)
            case .reading:
                configuration.readonly = true
                writer = try DatabaseQueue(path: path, configuration: configuration)
            }
            if use == .reading {
                try writer.read { try Self.check($0, path: path) }
            } else if lock != nil {
                // Beside a server the schema is the server's business.
                try Schema.migrator.migrate(writer)
                // Should it be a record, it does not stay what its run wrote.
                if use == .server { try writer.write { try RecordSeal.remove(from: $0) } }
            }
            return writer
        }
    }

    /// Looks at an existing file before anything is written to it.
    private static func check(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.busyMode = .timeout(2)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { database in
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            if tables > 0 { try check(database, path: path) }
        }
        try queue.close()
    }

    private static func check(_ database: Database, path: String) throws {
        let application = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        guard application == Schema.applicationID else {
            throw StoreError(.otherApplication, path: path, "this database is another program's; name another file")
        }
        guard try !Schema.migrator.hasBeenSuperseded(database) else {
            throw StoreError(
                .newerSchema,
                path: path,
                "this database was written by a newer GridDrill; use that version or a newer one"
            )
        }
    }

    /// Closes the file; a server's write-ahead log is folded into it.
    public func close() throws(StoreError) {
        try closeConnections()
        lock?.release()
    }

    /// Closes a record that is whole, seals it and gives it its final name; what bears that name is replaced.
    public func close(as name: String) throws(StoreError) {
        try closeConnections()
        try storing(path) { try RecordSeal(ofFileAt: path).write(toFileAt: path) }
        // Still under the lock: nobody can begin to write the file that is renamed.
        defer { lock?.release() }
        guard Self.removeCompanions(of: name), rename(path, name) == 0 else {
            throw StoreError(.cannotOpen, path: name, "cannot be replaced: \(String(cString: strerror(errno)))")
        }
    }

    private func closeConnections() throws(StoreError) {
        try storing(path) {
            // Beside a server the log is the server's business.
            if let pool = writer as? DatabasePool, lock != nil {
                // Readers first: SQLite removes the log when the last connection closes, if that one may write.
                pool.releaseMemory()
                try pool.writeWithoutTransaction { database in
                    _ = try database.checkpoint(.truncate)
                    // Otherwise whoever only reads the record would leave a new log behind.
                    if use == .servedRecord { try database.execute(sql: "PRAGMA journal_mode = DELETE") }
                }
            }
            try writer.close()
        }
    }
}
