internal import Base
internal import Scenarios

/// Distributions in place of measured lengths.
enum Fit {
    /// How many lengths make a distribution.
    static let fewest = 20

    /// By the median and the 95th percentile of the lengths; `nil` if they are too few, or mostly none.
    static func lognormal(_ lengths: [Span]) -> Distribution? {
        guard lengths.count >= fewest else { return nil }
        let sorted = lengths.sorted()
        let median = rounded(sorted[(sorted.count - 1) / 2])
        let p95 = rounded(sorted[(sorted.count * 95 + 99) / 100 - 1])
        guard median > .zero else { return nil }
        return .lognormal(median: median, p95: max(median, p95))
    }

    /// To three digits or so: a fit pretends to no more.
    private static func rounded(_ span: Span) -> Span {
        let unit: Int64 = span < .seconds(1) ? 1_000 : span < .minutes(2) ? 100_000 : 1_000_000
        return .microseconds((span.microseconds + unit / 2) / unit * unit)
    }
}

extension Share {
    /// So many of so many.
    init(_ count: Int, of total: Int) {
        self.init(partsPerMillion: total > 0 ? (count * 1_000_000 + total / 2) / total : 0)
    }
}
