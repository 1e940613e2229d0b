public import DemandResponse
internal import GRDB
public import Journal

/// A server's journal: each batch of entries is one transaction, on the disk when `commit` returns.
///
/// `@unchecked`: as every storage, it is used by one thread at a time.
public final class DurableJournal: DispatchStorage, @unchecked Sendable {
    private let database: DispatchDatabase
    private let warn: Customer.UnknownTypeWarning
    private var journal: JournalWriter?

    /// - Parameter warn: told of each dispatch type in the database that this version does not know, and leaves out.
    public init(_ database: DispatchDatabase, warn: @escaping Customer.UnknownTypeWarning = { _, _ in }) {
        self.database = database
        self.warn = warn
    }

    public func snapshot() throws(StoreError) -> DispatcherSnapshot { try database.readSnapshot(warn: warn) }

    public func probe() throws(StoreError) { try database.probeWriting() }

    /// Lets go of the prepared statements: with them the database could not be closed.
    public func finish() {
        database.writer.writeWithoutTransaction { _ in journal = nil }
    }

    /// Writes the entries and their changes; on an error nothing of the batch is kept.
    public func commit(_ entries: [JournalEntry]) throws(StoreError) {
        try storing(database.path) {
            try database.writer.writeWithoutTransaction { connection in
                do {
                    try connection.inTransaction(.immediate) {
                        let journal = try self.journal ?? JournalWriter(connection)
                        self.journal = journal
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
