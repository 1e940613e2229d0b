public import DemandResponse

/// Where an engine keeps what its rules decide, and what it goes on from after a restart.
///
/// Nothing is said here of files or of SQL: a server's database, the record of a run and what plays a failing disk are all the same
/// to an engine. It outlives the engine. To be used by one thread at a time.
public protocol DispatchStorage: AnyObject {
    /// Keeps the entries with all their changes, or on an error nothing of them.
    func commit(_ entries: [JournalEntry]) throws(StoreError)

    /// What rules need to go on where the last ones stopped: all that was committed.
    func snapshot() throws(StoreError) -> DispatcherSnapshot

    /// Throws what would keep a commit from being taken now. Changes nothing.
    func probe() throws(StoreError)
}
