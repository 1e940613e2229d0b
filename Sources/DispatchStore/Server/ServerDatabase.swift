public import DemandResponse
internal import Foundation
internal import GRDB
public import Journal

/// A server's database: what the engine commits, each batch one transaction that is on the disk when `commit` returns, and what the
/// API reads of it.
public final class ServerDatabase: DispatchStorage, Sendable {
    let file: DatabaseFile
    private let warn: Customer.UnknownTypeWarning

    public var path: String { file.path }

    /// Opens the database, or makes it when there is none. No other process may serve it at the same time.
    /// - Parameter warn: told of each dispatch type in the database that this version does not know, and leaves out.
    public static func open(
        at path: String,
        warn: @escaping Customer.UnknownTypeWarning = { _, _ in }
    ) throws(StoreError) -> ServerDatabase {
        ServerDatabase(try .openForServing(path), warn: warn)
    }

    /// Opens the database, which has to be there, for a small change, whether a server is using it now or not.
    public static func openBesideServer(at path: String) throws(StoreError) -> ServerDatabase {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError(
                .cannotOpen,
                path: path,
                "there is no such database; griddrill serve --database \(path) makes one"
            )
        }
        do {
            return try open(at: path)
        } catch  where error.code == .busy {
            return ServerDatabase(try .openBesideServer(path))
        }
    }

    /// Opens a database that there is only to read it, whether a server is using it or not.
    public static func openForReading(at path: String) throws(StoreError) -> ServerDatabase {
        ServerDatabase(try .openForReading(path))
    }

    /// The record of a live run, which its own server commits to. It is closed as the record that it is.
    public convenience init(serving record: RunRecord) { self.init(record.file) }

    private init(_ file: DatabaseFile, warn: @escaping Customer.UnknownTypeWarning = { _, _ in }) {
        self.file = file
        self.warn = warn
    }

    /// Folds the write-ahead log into the file and closes it.
    public func close() throws(StoreError) { try file.close() }

    public func commit(_ entries: [JournalEntry]) throws(StoreError) {
        try file.checkPlace()
        try file.append(entries)
        // Nothing is said of what went into a file that was deleted or replaced meanwhile.
        try file.checkPlace()
    }

    /// Throws if the file was deleted or replaced since it was opened.
    public func checkPlace() throws(StoreError) { try file.checkPlace() }

    /// Everything that a dispatcher needs to go on where the last process stopped.
    public func snapshot() throws(StoreError) -> DispatcherSnapshot {
        try file.read { try DispatcherSnapshot($0, warn: warn) }
    }
}

extension ServerDatabase {
    /// Writes a copy of the database as it is at one moment, whether a server is using it or not (SQLite: `VACUUM INTO`). The copy
    /// is one file, and bears its name only when it is whole. A run's record is copied, too, once it is proven to be what its run wrote.
    /// - Parameter copy: where to; nothing may be there yet.
    public static func backUp(_ path: String, to copy: String) throws(StoreError) {
        let file = try RunRecord.open(at: path).file
        guard !FileManager.default.fileExists(atPath: copy) else {
            throw StoreError(.alreadyExists, path: copy, "there is a file of this name; name another one")
        }
        let partial = copy + ".partial"
        try makeEmpty(partial)
        try storing(copy) {
            try file.writer.writeWithoutTransaction {
                try $0.execute(sql: "VACUUM INTO ?", arguments: [DatabaseFile.sqliteName(of: partial)])
            }
            // The same rows in other places of the file.
            if try RecordSeal(writtenInFileAt: partial) != nil {
                try RecordSeal(ofFileAt: partial).write(toFileAt: partial)
            }
        }
        guard rename(partial, copy) == 0 else {
            throw StoreError(.cannotOpen, path: copy, "cannot be written: \(String(cString: strerror(errno)))")
        }
        try file.close()
    }
}

extension ServerDatabase {
    /// Makes an empty file for its owner alone, which SQLite may fill. What bears the name goes; no link is followed.
    private static func makeEmpty(_ path: String) throws(StoreError) {
        unlink(path)
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FileLock.mode)
        guard descriptor >= 0 else {
            throw StoreError(.cannotOpen, path: path, "cannot be written: \(String(cString: strerror(errno)))")
        }
        Foundation.close(descriptor)
    }

    /// How much has to be free on the disk before it counts as full no longer: room for some incidents, so that a server does
    /// not come and go with every few kilobytes.
    private static let leastFreeBytes = 1 << 20

    /// Throws what would keep a transaction from being taken now: another writer, or a disk that is full. Changes nothing.
    public func probe() throws(StoreError) {
        try checkPlace()
        try storing(path) {
            try probeSpace()
            try file.writer.writeWithoutTransaction { try $0.inTransaction(.immediate) { .rollback } }
        }
    }

    /// By a file beside the database, which really takes the space: quotas and limits on files show, too.
    private func probeSpace() throws {
        let probe = path + "-probe"
        unlink(probe)
        let descriptor = Foundation.open(probe, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FileLock.mode)
        // The transaction will say what is wrong, if it is in its way.
        guard descriptor >= 0 else { return }
        defer {
            Foundation.close(descriptor)
            unlink(probe)
        }
        switch posix_fallocate(descriptor, 0, off_t(Self.leastFreeBytes)) {
        case ENOSPC, EDQUOT, EFBIG:
            throw StoreError(.full, path: path, "the disk is full; nothing of the last transaction was kept")
        default: break
        }
    }
}
