/// Which shard of a suite was run here: the others run elsewhere, and their reports are merged with this one's.
public struct SuiteShard: Sendable, Equatable, Codable {
    /// From 1.
    public var number: Int
    public var count: Int
    /// The paths of the whole suite's scenarios, in its order.
    public var suite: [String]

    public init(number: Int, count: Int, suite: [String]) {
        self.number = number
        self.count = count
        self.suite = suite
    }

    /// As `2/5`.
    public var label: String { "\(number)/\(count)" }
}
