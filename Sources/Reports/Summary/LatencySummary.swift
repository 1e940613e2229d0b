public import DispatchStore

/// The statistics of a set of latencies.
public struct LatencySummary: Sendable, Equatable {
    public enum Statistic: String, Sendable, CaseIterable {
        case min, mean, p50, p90, p95, p99
        case p999 = "p99.9"
        case max
    }

    /// With those that never ended.
    public let count: Int
    /// How many never ended: they count as later than any value.
    public let never: Int
    private let values: [Population.Value]

    public init(_ population: Population) {
        count = population.count
        never = population.endless
        values = Statistic.allCases.map { statistic in
            switch statistic {
            case .min: population.minimum
            case .mean: population.mean
            case .p50: population.percentile(perMille: 500)
            case .p90: population.percentile(perMille: 900)
            case .p95: population.percentile(perMille: 950)
            case .p99: population.percentile(perMille: 990)
            case .p999: population.percentile(perMille: 999)
            case .max: population.maximum
            }
        }
    }

    public subscript(statistic: Statistic) -> Population.Value {
        Statistic.allCases.firstIndex(of: statistic).map { values[$0] } ?? .empty
    }
}
