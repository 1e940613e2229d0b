internal import Base

/// The ids of events whose acknowledgement is still due, in the order in which they were given out.
///
/// Bounded: a peer that never acknowledges must not make us remember for ever. Whoever keeps something for each id
/// (a callback) keeps it at the same position.
struct PendingAcknowledgements: Equatable, Sendable {
    private var ids: [Int] = []
    private var next = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { ids.count }

    /// A new id, at the last position; nil if too many are pending.
    mutating func add() -> Int? {
        guard ids.count < limit else { return nil }
        defer { next += 1 }
        ids.append(next)
        return next
    }

    /// The position that the id had; nil if it is not pending: unknown, or acknowledged before.
    mutating func remove(_ id: Int) -> Int? {
        guard let position = position(of: id) else { return nil }
        ids.remove(at: position)
        return position
    }

    mutating func removeAll() {
        ids = []
    }

    /// Ids only ever rise, so the array is sorted.
    private func position(of id: Int) -> Int? {
        ids.index(of: id) { $0 }
    }
}
