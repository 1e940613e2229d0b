public import Base

/// A set of latencies, with those that never ended: they count as later than any value.
public struct Population: Sendable, Equatable {
    /// Ascending.
    public let values: [Span]
    /// How many never ended.
    public let endless: Int

    public init(_ values: [Span], endless: Int = 0) {
        self.values = values.sorted()
        self.endless = endless
    }

    /// Takes values that are in order already.
    public init(ascending values: [Span], endless: Int) {
        self.values = values
        self.endless = endless
    }

    public var count: Int { values.count + endless }

    /// A statistic's value, or why there is none.
    public enum Value: Sendable, Equatable {
        case span(Span)
        /// Later than anything: it falls among those that never ended.
        case never
        /// Too few samples to carry it; at least this many are needed.
        case withheld(needed: Int)
        case empty
    }

    /// The nearest-rank percentile: the smallest value that at least `perMille` thousandths of the population do not exceed.
    ///
    /// Withheld where fewer than one sample lies beyond it, as p99 of 50.
    public func percentile(perMille: Int) -> Value {
        guard count > 0 else { return .empty }
        guard perMille < 1_000 else { return maximum }
        let needed = (1_000 + (999 - perMille)) / (1_000 - perMille)
        guard count >= needed else { return .withheld(needed: needed) }
        let rank = max(1, (count * perMille + 999) / 1_000)
        return rank <= values.count ? .span(values[rank - 1]) : .never
    }

    public var minimum: Value { values.first.map(Value.span) ?? (endless > 0 ? .never : .empty) }

    public var maximum: Value {
        if endless > 0 { return .never }
        return values.last.map(Value.span) ?? .empty
    }

    public func value(_ statistic: Statistic) -> Value {
        switch statistic {
        case .min: minimum
        case .mean: mean
        case .max: maximum
        case .p50, .p90, .p95, .p99, .p999: percentile(perMille: statistic.perMille ?? 500)
        }
    }

    /// Of a population in which some never ended there is no mean.
    public var mean: Value {
        if endless > 0 { return .never }
        guard !values.isEmpty else { return .empty }
        let sum = values.reduce(Int64(0)) { $0 &+ $1.microseconds }
        return .span(.microseconds(sum / Int64(values.count)))
    }
}
