public import Base

/// What a length of time is drawn from. The drawing itself is the simulation's.
public enum Distribution: Sendable, Hashable {
    case constant(Span)
    /// Every length from the first to the second equally likely.
    case uniform(Span, Span)
    case exponential(mean: Span)
    /// The logarithm is normally distributed: half of the draws lie below `median`, 95 % below `p95`.
    case lognormal(median: Span, p95: Span)
    /// Draws below zero count as zero.
    case normal(mean: Span, standardDeviation: Span)
    /// One of the measured lengths, each equally likely; never empty, in the order of the file.
    case empirical([Span])

    /// Always zero.
    public static let none = Distribution.constant(.zero)
}
