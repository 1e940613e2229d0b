internal import Base
package import DemandResponse
package import Journal

/// A storage around another that can fail as a disk does.
///
/// A commit that is refused has kept nothing; one that is taken has kept everything. A slow disk is not among the faults: in
/// virtual time a commit takes no time, and could take some only if the world let other things happen meanwhile.
package final class FaultyStorage: DispatchStorage {
    package enum State {
        case healthy
        /// Neither a commit nor a probe is taken; what is kept can be read.
        case full
        /// Some commits fail, of which nothing tells beforehand.
        case failing(partsPerMillion: Int)
    }

    package var state: State
    /// How many commits and probes were refused: a fault without any has proved nothing.
    package private(set) var refusals = 0
    private let storage: any DispatchStorage
    private var stream: RandomStream

    /// - Parameter seed: of the stream that says which commits fail.
    package init(around storage: any DispatchStorage, _ state: State = .healthy, seed: UInt64 = 0) {
        self.storage = storage
        self.state = state
        stream = RandomStream(seed: seed, "storage/failing")
    }

    package func commit(_ entries: [JournalEntry]) throws(StoreError) {
        switch state {
        case .healthy: break
        case .full: throw full
        case .failing(let partsPerMillion):
            guard stream.happens(partsPerMillion: partsPerMillion) else { break }
            refusals += 1
            throw StoreError(.failed, path: "storage", "writing failed, as was asked for")
        }
        try storage.commit(entries)
    }

    package func snapshot() throws(StoreError) -> DispatcherSnapshot { try storage.snapshot() }

    package func probe() throws(StoreError) {
        if case .full = state { throw full }
        try storage.probe()
    }

    private var full: StoreError {
        refusals += 1
        return StoreError(
            .full,
            path: "storage",
            "the disk is full, as was asked for; nothing of the last transaction was kept"
        )
    }
}
