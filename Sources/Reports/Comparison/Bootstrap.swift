internal import Base
internal import Foundation
internal import Measures

/// Intervals for the difference of a percentile between two populations, by the bootstrap (Efron 1979).
///
/// A resample need not be drawn to know its percentile. The k-th smallest of n values drawn with replacement has, among the n
/// sorted ones, the rank ⌈nU⌉, where U is the k-th smallest of n uniform numbers, which is distributed as Beta(k, n − k + 1). So
/// each replicate is one draw, whatever the size of the population; those who never answered keep their ranks at its end.
struct Bootstrap {
    static let replicates = 4_000
    /// Two-sided.
    static let confidencePercent = 95

    private var stream: RandomStream

    /// Equal seeds give equal intervals.
    init(seed: UInt64) { stream = RandomStream(state: seed) }

    /// Microseconds by which `b` is later than `a`; infinite where only one of them never happened.
    mutating func interval(perMille: Int, _ a: Population, _ b: Population) -> ClosedRange<Double> {
        var differences = (0..<Self.replicates).map { _ in
            Self.difference(value(perMille: perMille, of: a), value(perMille: perMille, of: b))
        }
        differences.sort()
        let tail = Self.replicates * (100 - Self.confidencePercent) / 200
        return differences[tail]...differences[Self.replicates - 1 - tail]
    }

    static func difference(_ a: Double, _ b: Double) -> Double {
        // Of two that never happened neither is later.
        a == b ? 0 : b - a
    }

    /// A percentile of a resample.
    private mutating func value(perMille: Int, of population: Population) -> Double {
        let count = population.count
        let rank = max(1, (count * perMille + 999) / 1_000)
        let uniform = beta(Double(rank), Double(count - rank + 1))
        let place = min(max(Int((Double(count) * uniform).rounded(.up)), 1), count)
        return place <= population.values.count ? Double(population.values[place - 1].microseconds) : .infinity
    }

    private mutating func beta(_ a: Double, _ b: Double) -> Double {
        let x = gamma(a)
        return x / (x + gamma(b))
    }

    /// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000), for a shape of at least 1.
    private mutating func gamma(_ shape: Double) -> Double {
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = stream.normal()
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            if log(1 - stream.unit()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
        }
    }
}
