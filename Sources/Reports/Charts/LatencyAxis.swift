internal import Base
internal import Foundation

/// Latencies on a logarithmic scale, between two round ones.
struct LatencyAxis {
    /// Round latencies, in microseconds, as people count them: in tens up to a second, then in the clock's own steps.
    private static let rounds: [Int64] = {
        let small: [Int64] = [1, 10, 100, 1_000, 10_000, 100_000].flatMap { [$0, 2 * $0, 5 * $0] }
        let seconds: [Int64] = [
            1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 18_000, 36_000, 86_400, 172_800,
            604_800,
            2_592_000, 31_536_000,
        ]
        return small + seconds.map { $0 * 1_000_000 }
    }()

    let low: Span
    let high: Span
    private let logLow: Double
    private let logHigh: Double

    init(least: Span, most: Span) {
        let least = max(1, least.microseconds)
        let most = max(least, most.microseconds)
        let low = Self.rounds.last { $0 <= least } ?? 1
        self.low = Span(microseconds: low)
        high = Span(microseconds: Self.rounds.first { $0 >= most && $0 > low } ?? max(most, low * 10))
        logLow = log(Double(low))
        logHigh = log(Double(high.microseconds))
    }

    /// 0…1; what is less than the scale shows is at its beginning.
    func place(_ span: Span) -> Double {
        min(1, max(0, (log(Double(max(1, span.microseconds))) - logLow) / (logHigh - logLow)))
    }

    /// The latency at a place.
    func value(at place: Double) -> Span {
        Span(microseconds: Int64(exp(logLow + place * (logHigh - logLow)).rounded()))
    }

    /// Round latencies that are far enough from each other for a word each.
    func ticks(atMost count: Int) -> [Span] {
        var ticks: [Span] = []
        for round in Self.rounds.map(Span.init(microseconds:)) where round >= low && round <= high {
            if let last = ticks.last, place(round) - place(last) < 0.9 / Double(count) { continue }
            ticks.append(round)
        }
        return ticks
    }
}
