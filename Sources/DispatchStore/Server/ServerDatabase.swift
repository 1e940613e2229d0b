public import DemandResponse
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

    /// Opens the database for a small change, whether a server is using it now or not.
    public static func openBesideServer(at path: String) throws(StoreError) -> ServerDatabase {
        do {
            return try open(at: path)
        } catch  where error.code == .busy {
            return ServerDatabase(try DatabaseFile(path: path, use: .server, lock: nil))
        }
    }

    /// The record of a live run, which its own server commits to. It is closed as the record that it is.
    public convenience init(serving record: RunRecord) { self.init(record.file) }

    private init(_ file: DatabaseFile, warn: @escaping Customer.UnknownTypeWarning = { _, _ in }) {
        self.file = file
        self.warn = warn
    }

    /// Folds the write-ahead log into the file and closes it.
    public func close() throws(StoreError) { try file.close() }

    public func commit(_ entries: [JournalEntry]) throws(StoreError) { try file.append(entries) }

    /// Everything that a dispatcher needs to go on where the last process stopped.
    public func snapshot() throws(StoreError) -> DispatcherSnapshot {
        try file.read { try DispatcherSnapshot($0, warn: warn) }
    }
}
