internal import NIOConcurrencyHelpers
internal import NIOPosix

/// Threads on which the database is read, away from the event loops. Each kind of reading has its own, so that neither a probe nor a
/// change waits for lists; and so many may wait, and no more.
///
/// Of the whole process, and never shut down, as the event loops are.
final class ReadingLane: Sendable {
    /// What a supervisor asks.
    static let probes = ReadingLane(threads: 1, mostWaiting: 1_024)
    /// Single rows, those that a change needs among them, and tokens.
    static let rows = ReadingLane(threads: 2, mostWaiting: 65_536)
    /// A customer's own dispatches: a whole fleet asks for its own at once.
    static let dispatches = ReadingLane(threads: 2, mostWaiting: 32_768)
    /// Everything that is as long as the database is large.
    static let lists = ReadingLane(threads: 2, mostWaiting: 32)
    /// A file of any length is read and compared with the roster; of each server one at a time gets here.
    static let imports = ReadingLane(threads: 1, mostWaiting: 64)

    private let pool: NIOThreadPool
    private let threads: Int
    private let mostWaiting: Int
    private let taken = NIOLockedValueBox(0)

    struct Full: Error {}

    init(threads: Int, mostWaiting: Int) {
        self.threads = threads
        self.mostWaiting = mostWaiting
        pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
    }

    /// - Throws: `Full`, or what the body throws.
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let hasRoom = taken.withLockedValue { taken in
            guard taken < threads + mostWaiting else { return false }
            taken += 1
            return true
        }
        guard hasRoom else { throw Full() }
        defer { taken.withLockedValue { $0 -= 1 } }
        return try await pool.runIfActive(body)
    }
}
