internal import DequeModule

/// The sessions that have joined nothing yet, in the order in which they came: the first to go when there is no room for others.
///
/// A pure value, as large as there are such sessions.
struct Newcomers {
    private var order: Deque<(id: String, address: String)> = []
    private var waiting: Set<String> = []

    mutating func add(_ id: String, from address: String) {
        order.append((id, address))
        waiting.insert(id)
    }

    /// For one that has joined, or is gone.
    mutating func remove(_ id: String) {
        guard waiting.remove(id) != nil else { return }
        // Those at the front go now, those within when they are the greater part.
        while let first = order.first, !waiting.contains(first.id) { order.removeFirst() }
        if order.count > 2 * waiting.count + 64 { order.removeAll { !waiting.contains($0.id) } }
    }

    /// Who has been here for longest.
    /// - Parameter address: where from; `nil`: wherever from.
    func oldest(from address: String?) -> String? {
        order.first { waiting.contains($0.id) && (address == nil || $0.address == address) }?.id
    }
}
