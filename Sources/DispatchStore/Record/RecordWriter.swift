public import DemandResponse
internal import Foundation
internal import GRDB
public import Journal

/// Looks on while a record is written: what is found then need not be read back. Used on the writer's thread until that has finished.
public protocol RecordObserver: AnyObject, Sendable {
    /// A row of the journal.
    func see(_ fact: JournalFact)
    /// An entry whose rows were shown.
    func see(_ entry: JournalEntry)
    func see(_ observation: Observation)
}

/// Writes a run's record on a thread of its own, so that the run does not wait for SQLite.
///
/// What is appended is handed over in batches; when `mostWaiting` batches wait, appending waits too. The first error stops the
/// writing and is thrown by `finish`. Everything is one transaction: a record that was not finished holds nothing.
public final class RecordWriter: DispatchStorage {
    private enum Item: Sendable {
        case entry(JournalEntry)
        case observation(Observation)
        /// What the record holds now is wanted.
        case snapshot(Handover<Result<DispatcherSnapshot, StoreError>>)
    }

    private static let batchSize = 1_024
    private static let mostWaiting = 8

    private let path: String
    private let queue = Handover<[Item]>(capacity: mostWaiting)
    private var batch: [Item] = []

    /// - Parameter observer: is shown everything that is written, in order.
    public init(_ record: RunRecord, observer: (any RecordObserver)? = nil) {
        path = record.path
        batch.reserveCapacity(Self.batchSize)
        let thread = Thread { [queue, file = record.file] in Self.write(from: queue, to: file, observer) }
        thread.name = "record"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// An error shows when the record is finished: until then a run's own disk is not part of the run.
    public func commit(_ entries: [JournalEntry]) {
        for entry in entries { append(.entry(entry)) }
    }

    /// Waits until all that was committed is written, and reads it back.
    public func snapshot() throws(StoreError) -> DispatcherSnapshot {
        let answer = Handover<Result<DispatcherSnapshot, StoreError>>(capacity: 1)
        append(.snapshot(answer))
        handOver()
        guard let snapshot = answer.take() else {
            throw StoreError(.failed, path: path, "the record's writer has ended")
        }
        return try snapshot.get()
    }

    public func probe() throws(StoreError) {}

    public func append(_ observation: Observation) { append(.observation(observation)) }

    private func append(_ item: Item) {
        batch.append(item)
        if batch.count == Self.batchSize { handOver() }
    }

    private func handOver() {
        queue.put(batch)
        batch = []
        batch.reserveCapacity(Self.batchSize)
    }

    /// Waits until all is written; throws what went wrong on the way. To be called once, at the end.
    public func finish() throws(StoreError) {
        if !batch.isEmpty { handOver() }
        if let error = queue.finish() {
            throw error as? StoreError ?? StoreError(.failed, path: path, String(describing: error))
        }
    }

    private static func write(
        from queue: Handover<[Item]>,
        to file: DatabaseFile,
        _ observer: (any RecordObserver)?
    ) {
        do {
            try file.write { connection in
                let journal = try JournalWriter(connection)
                var observations = try ObservationWriter(connection)
                let onFact = observer.map { observer in { (fact: JournalFact) in observer.see(fact) } }
                while let items = queue.take() {
                    for item in items {
                        switch item {
                        case .entry(let entry):
                            try journal.append(entry, onFact: onFact)
                            observer?.see(entry)
                        case .observation(let observation):
                            try observations.append(observation)
                            observer?.see(observation)
                        case .snapshot(let answer):
                            try journal.finish()
                            answer.put(snapshot(connection, path: file.path))
                        }
                    }
                }
                try journal.finish()
            }
            queue.end(with: nil)
        } catch {
            // What still comes is dropped; but whoever waits for a snapshot hears that there is none.
            while let items = queue.take() {
                for case .snapshot(let answer) in items { answer.put(.failure(error)) }
            }
            queue.end(with: error)
        }
    }

    private static func snapshot(_ connection: Database, path: String) -> Result<DispatcherSnapshot, StoreError> {
        do throws(StoreError) {
            return .success(try storing(path) { try DispatcherSnapshot(connection) })
        } catch {
            return .failure(error)
        }
    }
}
