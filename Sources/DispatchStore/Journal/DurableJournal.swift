internal import GRDB

/// A server's journal: each batch of entries is one transaction, on the disk when `commit` returns.
///
/// Confined to one thread.
public final class DurableJournal {
    private let database: DispatchDatabase
    private var journal: JournalWriter?

    public init(_ database: DispatchDatabase) {
        self.database = database
    }

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
