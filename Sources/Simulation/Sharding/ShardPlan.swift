public import Base

/// Shares scenarios out to machines that know nothing of each other: each makes the same plan from the same scenarios, durations and
/// count, in whatever order they are named, and takes its own part.
public struct ShardPlan: Sendable {
    public struct Item: Sendable, Hashable {
        public var path: String
        /// From the script.
        public var size: Int
        /// What an earlier run took, if that is known.
        public var duration: Span?

        public init(path: String, size: Int, duration: Span? = nil) {
            self.path = path
            self.size = size
            self.duration = duration
        }
    }

    private let numbers: [String: Int]

    /// The longest first, each to the shard that has least to do so far (Graham's LPT rule: no shard gets more than 4/3 of what the best
    /// plan would give it).
    public init(_ items: [Item], count: Int) {
        let weights = Self.weights(of: items)
        let order = items.indices.sorted { (weights[$1], items[$0].path) < (weights[$0], items[$1].path) }
        var loads = Array(repeating: 0.0, count: max(count, 1))
        var numbers: [String: Int] = [:]
        for index in order {
            let least = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[least] += weights[index]
            numbers[items[index].path] = least + 1
        }
        self.numbers = numbers
    }

    /// The number of the shard that a scenario falls to.
    public subscript(path: String) -> Int? { numbers[path] }

    /// In microseconds, if anything is known of those; a scenario of unknown duration takes as long for its size as the known ones do.
    private static func weights(of items: [Item]) -> [Double] {
        let known = items.filter { $0.duration != nil }
        let duration = known.reduce(0.0) { $0 + Double($1.duration?.microseconds ?? 0) }
        let size = known.reduce(0.0) { $0 + Double(max($1.size, 1)) }
        let perSize = duration > 0 ? duration / size : 1
        return items.map { $0.duration.map { Double(max($0.microseconds, 1)) } ?? Double(max($0.size, 1)) * perSize }
    }
}
