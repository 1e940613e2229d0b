internal import DemandResponse
internal import Foundation
internal import GRDB
internal import Journal

/// A database file with the schema of this version, however it is used: opening, locking, reading, writing and closing it.
///
/// One connection writes; a server's database has readers beside it. What the rows mean is told by whoever has the file: a
/// `ServerDatabase`, a `RunRecord`, or both at once while a run's own server writes its record.
final class DatabaseFile: Sendable {
    let path: String
    let writer: any DatabaseWriter
    private let use: Use
    /// Of a file that this process writes.
    private let lock: FileLock?
    /// Of a file that this process serves.
    private let name: NameLock?
    /// The statements of the journal that is written here. They belong to the file, which cannot be closed while any is prepared.
    ///
    /// `nonisolated(unsafe)`: it is touched on the writing connection's queue alone, which takes one caller at a time.
    nonisolated(unsafe) private var journal: JournalWriter?

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

    /// Opens a file to serve it, or makes it when there is none. No other process may serve it at the same time.
    static func openForServing(_ path: String) throws(StoreError) -> DatabaseFile {
        try refuseFolder(path)
        let lock = try FileLock(path)
        do {
            return try DatabaseFile(path: path, use: .server, lock: lock, name: NameLock(path))
        } catch {
            if lock.isNew { remove(path) }
            throw error
        }
    }

    /// Makes a file anew; one that is there already is emptied, unless another process is writing it.
    static func create(_ path: String, for use: Use) throws(StoreError) -> DatabaseFile {
        try refuseFolder(path)
        let lock = try FileLock(path, replacesLink: true)
        guard lock.empty(), removeCompanions(of: path) else {
            throw StoreError(.cannotOpen, path: path, "cannot be replaced: \(String(cString: strerror(errno)))")
        }
        return try DatabaseFile(path: path, use: use, lock: lock)
    }

    /// Opens a file without changing it.
    static func openForReading(_ path: String) throws(StoreError) -> DatabaseFile {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError(.cannotOpen, path: path, "there is no such file")
        }
        try refuseFolder(path)
        return try DatabaseFile(path: path, use: .reading, lock: nil)
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

    /// Opens a file that is there for a small change beside the server that has the lock.
    static func openBesideServer(_ path: String) throws(StoreError) -> DatabaseFile {
        try DatabaseFile(path: path, use: .server, lock: nil)
    }

    /// - Parameter lock: `nil` for what is only read, and for a small change beside the server that has the lock.
    init(path: String, use: Use, lock: FileLock?, name: NameLock? = nil) throws(StoreError) {
        self.path = path
        self.use = use
        self.lock = lock
        self.name = name
        let file = Self.sqliteName(of: path)
        writer = try storing(path) {
            let writer: any DatabaseWriter
            var configuration = Configuration()
            configuration.busyMode = .timeout(2)
            switch use {
            case .server, .servedRecord:
                // The default WAL set-up of a pool runs after `prepareDatabase`, so `synchronous` is set below.
                // As many as a server has threads that read, and one more.
                configuration.maximumReaderCount = 9
                try Self.check(path)
                writer = try DatabasePool(path: file, configuration: configuration)
                try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            case .record:
                configuration.prepareDatabase { database in
                    try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
                    try database.execute(sql: "PRAGMA cache_size = -16384; PRAGMA locking_mode = EXCLUSIVE")
                }
                writer = try DatabaseQueue(path: file, configuration: configuration)
            case .reading:
                configuration.readonly = true
                writer = try Self.openQueueForReading(path, configuration)
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
        let queue = try DatabaseQueue(path: sqliteName(of: path), configuration: configuration)
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
    func close() throws(StoreError) {
        try closeConnections()
        lock?.release()
        name?.release()
    }

    /// Closes a record that is whole, seals it and gives it its final name; what bears that name is replaced.
    func close(as name: String) throws(StoreError) {
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
            writer.writeWithoutTransaction { _ in journal = nil }
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

extension DatabaseFile {
    /// How SQLite is told of a file. What begins with `file:` would be a URI to it, and `:memory:` no file at all.
    static func sqliteName(of path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

    /// A server's database wants to have its log and its shared memory beside it, even for readers. Where nothing can be written, and no
    /// log lies there, nobody else changes the file either, and SQLite is told so.
    private static func openQueueForReading(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        let url = URL(fileURLWithPath: path)
        guard access(url.deletingLastPathComponent().path, W_OK) != 0 else {
            return try DatabaseQueue(path: sqliteName(of: path), configuration: configuration)
        }
        var log = stat()
        if stat(path + "-wal", &log) != 0 || log.st_size == 0 {
            return try DatabaseQueue(path: "\(url.absoluteString)?immutable=1", configuration: configuration)
        }
        do {
            let queue = try DatabaseQueue(path: sqliteName(of: path), configuration: configuration)
            _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
            return queue
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            throw StoreError(
                .cannotOpen,
                path: path,
                "its write-ahead log (-wal) lies beside it, and cannot be read in a folder where nothing can be written; copy both "
                    + "into another folder"
            )
        }
    }

    /// Throws if the file that is open is no longer the one that bears its name: what is written to it would be lost.
    func checkPlace() throws(StoreError) {
        guard let lock, !lock.isOf(path) else { return }
        throw StoreError(
            .displaced,
            path: path,
            "the file was deleted or replaced while it was served; put it back, or restart the server"
        )
    }

    /// Reads what is there at one moment.
    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        try storing(path) { try writer.read(body) }
    }

    /// Reads rows of one table.
    /// - Parameter rest: of the query, behind the table's name.
    func rows<Column: TableColumn, Value>(
        _ rest: String,
        _ arguments: StatementArguments = [],
        _ value: (Cursor<Column>) throws -> Value
    ) throws(StoreError) -> [Value] {
        try read { try Cursor($0, Column.selection + " " + rest, arguments).map(value) }
    }

    /// Writes all of it or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        try storing(path) { try writer.write(body) }
    }

    /// Appends to the journal all of the entries, with what they change, or nothing.
    /// - Parameter change: what changes beside what the entries do.
    func append(_ entries: [JournalEntry], with change: (Database) throws -> Void = { _ in }) throws(StoreError) {
        let purges = entries.contains { entry in
            switch entry.input {
            case .purged: true
            default: false
            }
        }
        try storing(path) {
            try writer.writeWithoutTransaction { connection in
                defer {
                    // What was purged stands in the log until that is folded into the file. Who reads now may keep it a while.
                    if purges { _ = try? connection.checkpoint(.truncate) }
                }
                do {
                    try connection.inTransaction(.immediate) {
                        // Another process may have added rows: that of a token, while a server is running.
                        let kept = try self.journal.flatMap { try $0.isUpToDate(connection) ? $0 : nil }
                        let journal = try kept ?? JournalWriter(connection, isChained: use == .server)
                        self.journal = journal
                        try change(connection)
                        for entry in entries { try journal.append(entry) }
                        try journal.finish()
                        return .commit
                    }
                } catch {
                    // Its count of rows went with the transaction.
                    journal = nil
                    throw error
                }
            }
        }
    }
}
