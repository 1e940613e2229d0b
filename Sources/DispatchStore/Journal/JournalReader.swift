internal import Foundation
internal import GRDB
public import Journal

/// Reads a journal on a thread of its own, so that whoever replays it does not wait for SQLite.
///
/// What is read is taken in batches; when `mostWaiting` of them wait, the reading waits too. The file is seen as it is at one
/// moment, also while a server goes on writing it. Nothing that was read is proven before `next` has said that there is no
/// more: the digest of a journal is known at its end.
///
/// To be used by one thread. Whoever lets go of it ends the reading.
public final class JournalReader {
    private static let batchSize = 256
    private static let mostWaiting = 64

    private let queue = Handover<Result<[JournalStep], StoreError>>(capacity: mostWaiting)

    public init(_ record: RunRecord) {
        let thread = Thread { [queue, file = record.file] in
            Self.read(file, into: queue)
            _ = queue.finish()
        }
        thread.name = "journal"
        thread.stackSize = 1 << 20
        thread.start()
    }

    deinit { queue.end(with: nil) }

    /// The next steps in their order; `nil` when all were read and found to be what was written.
    public func next() throws(StoreError) -> [JournalStep]? {
        try queue.take()?.get()
    }

    private static func read(_ file: DatabaseFile, into queue: Handover<Result<[JournalStep], StoreError>>) {
        do throws(StoreError) {
            try file.read { connection in
                var batch: [JournalStep] = []
                batch.reserveCapacity(batchSize)
                try JournalScan.read(connection, path: file.path) { step in
                    batch.append(step)
                    guard batch.count == batchSize else { return true }
                    defer { batch.removeAll(keepingCapacity: true) }
                    return queue.put(.success(batch))
                }
                queue.put(.success(batch))
            }
        } catch {
            queue.put(.failure(error))
        }
    }
}
