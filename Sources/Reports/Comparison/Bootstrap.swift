internal import Base
internal import Foundation
internal import Measures

/// Intervals for the differences of percentiles between two sides of several runs each, by the bootstrap (Efron 1979) of clusters: runs
/// are drawn with replacement, then incidents, and all customers of what was drawn are taken together.
///
/// Of few runs the bootstrap's own intervals are too narrow, so their tails are widened as Hesterberg's "What Teachers Should Know About
/// the Bootstrap" (2015, section 5.3) has it: to what Student's t says for so many runs. Below ``leastRuns`` a side not even the whole range of the
/// replicates would be wide enough, and there is no interval.
struct Bootstrap {
    static let leastRuns = 5
    private static let replicates = 2_000
    /// Above so many values each cluster is thinned to a part of its sorted ones, which moves a percentile by less than a thousandth.
    private static let mostValues = 50_000

    private var stream: RandomStream

    /// Equal seeds give equal intervals.
    init(seed: UInt64) { stream = RandomStream(state: seed) }

    /// Microseconds by which `b` is later than `a`, from where to where with 95 % confidence; infinite where only one of them never
    /// happened. `nil` where there are too few runs.
    mutating func intervals(perMilles: [Int], _ a: LatencySample, _ b: LatencySample) -> [ClosedRange<Double>]? {
        let runs = min(a.runCount, b.runCount)
        guard runs >= Self.leastRuns else { return nil }
        let (first, second) = (Resampling(a, Self.mostValues), Resampling(b, Self.mostValues))
        // Incidents are drawn for both sides together: the scenario has the same ones in every run.
        let incidents = Set((a.clusters + b.clusters).map(\.incident)).sorted()
        guard !incidents.isEmpty else { return nil }
        var differences = perMilles.map { _ in [Double]() }
        for _ in 0..<Self.replicates {
            let drawn = draw(incidents.count)
            let weights = Dictionary(uniqueKeysWithValues: zip(incidents, drawn))
            let before = first.percentiles(perMilles, runs: draw(a.runCount), incidents: weights)
            let after = second.percentiles(perMilles, runs: draw(b.runCount), incidents: weights)
            for place in perMilles.indices {
                guard let x = before[place], let y = after[place] else { continue }
                differences[place].append(Self.difference(x, y))
            }
        }
        let tail = Self.tail(runs: runs)
        return differences.map { values in
            let sorted = values.sorted()
            guard !sorted.isEmpty else { return -Double.infinity ... .infinity }
            let least = Int(Double(sorted.count) * tail)
            return sorted[least]...sorted[sorted.count - 1 - least]
        }
    }

    static func difference(_ a: Double, _ b: Double) -> Double {
        // Of two that never happened neither is later.
        a == b ? 0 : b - a
    }

    /// How often each of so many is drawn in as many draws with replacement.
    private mutating func draw(_ count: Int) -> [Int] {
        var drawn = Array(repeating: 0, count: count)
        for _ in 0..<count { drawn[Int.random(in: 0..<count, using: &stream)] += 1 }
        return drawn
    }

    /// The share of replicates to be left out at each end.
    private static func tail(runs: Int) -> Double {
        let n = Double(runs)
        let t = runs - leastRuns < students.count ? students[runs - leastRuns] : 1.96
        return erfc((n / (n - 1)).squareRoot() * t / 2.0.squareRoot()) / 2
    }

    /// The 97.5th percentiles of Student's t for 4 to 29 degrees of freedom.
    private static let students = [
        2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
        2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045,
    ]
}

/// One side, laid out so that a replicate is one walk over its values.
private struct Resampling {
    private struct Value {
        let microseconds: Int64
        let cluster: Int32
    }

    private let clusters: [LatencySample.Cluster]
    private let values: [Value]
    /// How many samples each value stands for.
    private let stride: Int
    /// With those that never ended.
    private let counts: [Int]

    init(_ sample: LatencySample, _ most: Int) {
        clusters = sample.clusters
        let stride = max(1, (sample.pooled.values.count + most - 1) / most)
        self.stride = stride
        var values: [Value] = []
        var counts: [Int] = []
        for (index, cluster) in sample.clusters.enumerated() {
            let kept = Swift.stride(from: stride / 2, to: cluster.population.values.count, by: stride)
            var count = cluster.population.endless
            for place in kept {
                values.append(Value(microseconds: cluster.population.values[place].microseconds, cluster: Int32(index)))
                count += stride
            }
            counts.append(count)
        }
        self.values = values.sorted { $0.microseconds < $1.microseconds }
        self.counts = counts
    }

    /// - Parameters:
    ///   - perMilles: ascending.
    ///   - runs: how often each run was drawn.
    ///   - incidents: how often each incident was drawn.
    /// - Returns: microseconds; infinite for those that never ended, `nil` where nothing was drawn.
    func percentiles(_ perMilles: [Int], runs: [Int], incidents: [String: Int]) -> [Double?] {
        let weights = clusters.map { runs[$0.run] * (incidents[$0.incident] ?? 0) }
        let total = zip(weights, counts).reduce(0) { $0 + $1.0 * $1.1 }
        guard total > 0 else { return perMilles.map { _ in nil } }
        var results: [Double?] = []
        var place = 0
        var below = 0
        for perMille in perMilles {
            let rank = max(1, (total * perMille + 999) / 1_000)
            while below < rank, place < values.count {
                below += weights[Int(values[place].cluster)] * stride
                place += 1
            }
            results.append(below >= rank ? Double(values[place - 1].microseconds) : .infinity)
        }
        return results
    }
}
