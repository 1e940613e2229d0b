internal import Base
public import Measures

/// How one percentile of one kind of latency compares between two sides.
public struct LatencyComparison: Sendable, Equatable {
    public enum Verdict: String, Sendable, CaseIterable {
        case worse, better
        /// Every sample is the same, or whatever difference there may be is too small to count.
        case same
        case inconclusive
    }

    public let latency: Latency
    /// As 950 for the 95th percentile.
    public let perMille: Int
    public let a: Population.Value
    public let b: Population.Value
    /// Microseconds by which B is later, from where to where with 95 % confidence; infinite where one side never answered.
    /// `nil` where there are too few samples or runs to tell.
    public let interval: ClosedRange<Double>?
    public let verdict: Verdict

    static let perMilles = [500, 900, 950, 990, 999]

    /// - Parameters:
    ///   - interval: of the difference, where there are runs enough.
    ///   - tolerance: a share of the smaller value. A difference counts only where all of its interval lies beyond this; where all of it
    ///     lies within, there is none.
    init(
        _ latency: Latency,
        perMille: Int,
        _ a: Population,
        _ b: Population,
        interval: ClosedRange<Double>?,
        tolerance: Double
    ) {
        self.latency = latency
        self.perMille = perMille
        self.a = a.percentile(perMille: perMille)
        self.b = b.percentile(perMille: perMille)
        guard let first = self.a.microseconds, let second = self.b.microseconds else {
            self.interval = nil
            verdict = a == b ? .same : .inconclusive
            return
        }
        if a == b {
            self.interval = 0...0
            verdict = .same
            return
        }
        self.interval = interval
        guard let interval else {
            verdict = .inconclusive
            return
        }
        // Of what never happens in both there is no part.
        let least = first.isFinite || second.isFinite ? min(first, second) * tolerance : 0
        if interval.lowerBound > least {
            verdict = .worse
        } else if interval.upperBound < -least {
            verdict = .better
        } else if interval.lowerBound >= -least, interval.upperBound <= least {
            verdict = .same
        } else {
            verdict = .inconclusive
        }
    }
}

extension Population.Value {
    /// Infinite for what never happened; `nil` where there is no value.
    var microseconds: Double? {
        switch self {
        case .span(let span): Double(span.microseconds)
        case .never: .infinity
        case .withheld, .empty: nil
        }
    }
}
