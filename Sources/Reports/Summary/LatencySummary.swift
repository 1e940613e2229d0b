public import Measures

/// The statistics of a set of latencies.
public struct LatencySummary: Sendable, Equatable {
    /// With those that never ended.
    public let count: Int
    /// How many never ended: they count as later than any value.
    public let never: Int
    private let values: [Population.Value]

    public init(_ population: Population) {
        count = population.count
        never = population.endless
        values = Statistic.allCases.map(population.value)
    }

    public subscript(statistic: Statistic) -> Population.Value {
        Statistic.allCases.firstIndex(of: statistic).map { values[$0] } ?? .empty
    }
}
