internal import DemandResponse
internal import GRDB
public import Journal

/// The record of a run: its journal, what its clients observed, what was found of it.
///
/// A server's database has the same tables, and what it has to tell of the past is read as a record that no run made: `readRun` is
/// `nil` then.
public final class RunRecord: Sendable {
    let file: DatabaseFile

    public var path: String { file.path }

    init(_ file: DatabaseFile) { self.file = file }

    /// Makes the record anew; a file that is there already is emptied, unless another process is writing it.
    /// - Parameter isServed: a live server writes it, and everything in it is to be as durable as a server's database.
    public static func create(at path: String, isServed: Bool = false) throws(StoreError) -> RunRecord {
        RunRecord(try .create(path, for: isServed ? .servedRecord : .record))
    }

    /// Opens the record again that another process has served meanwhile.
    public static func reopen(at path: String) throws(StoreError) -> RunRecord {
        RunRecord(try DatabaseFile(path: path, use: .servedRecord, lock: FileLock(path)))
    }

    /// Opens a record, or a server's database, without changing it and without asking whether it is whole.
    public static func openUnproven(at path: String) throws(StoreError) -> RunRecord {
        RunRecord(try .openForReading(path))
    }

    /// Opens a record and proves first that it is what the run wrote. A server's database, which has no such proof, is opened as it is.
    /// - Throws: `StoreError` with what is damaged and where, as far as that can be told.
    public static func open(at path: String) throws(StoreError) -> RunRecord {
        // The file itself is never open beside a connection: closing it would take SQLite's locks off, which belong to the process
        // (fcntl(2), "Advisory record locking").
        let seal = Result { try RecordSeal.Reading(ofFileAt: path) }
        let record = try openUnproven(at: path)
        do {
            try record.prove(seal)
        } catch {
            try? record.close()
            throw error
        }
        return record
    }

    public func close() throws(StoreError) { try file.close() }

    /// Closes a record that is whole, seals it and gives it its final name; what bears that name is replaced.
    public func close(as name: String) throws(StoreError) { try file.close(as: name) }

    private func prove(_ seal: Result<RecordSeal.Reading?, any Error>) throws(StoreError) {
        let isRight = try storing(path) { () -> Bool? in
            // A server that has taken the record over may have taken the seal off in its log only.
            let isSealed = try file.writer.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 != 0 }
            return isSealed ? try seal.get()?.isRight : nil
        }
        if isRight == true { return }
        if isRight == nil, try readRun() == nil { return }
        // The journal's rows have a place to be named, and what is not sealed has no other proof.
        try file.read { try JournalScan.read($0, path: path) { _ in true } }
        guard isRight == nil else {
            throw StoreError(
                .damaged,
                path: path,
                "the record is damaged: its tables are not what its run wrote (by its digest); restore a copy, or run the "
                    + "scenario again"
            )
        }
    }
}
