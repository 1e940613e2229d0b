/// What stands in for a mail or telephone network.
public struct Carrier: Sendable, Equatable {
    public enum FailureKind: String, Sendable, CaseIterable {
        /// Worth another attempt.
        case temporary
        /// For good.
        case permanent
    }

    /// From the hand-over to the report of success or failure.
    public var delay: Distribution
    /// How many of the attempts fail, and how.
    public var fails: Share
    public var failureKind: FailureKind

    public init(delay: Distribution = .none, fails: Share = .none, failureKind: FailureKind = .temporary) {
        self.delay = delay
        self.fails = fails
        self.failureKind = failureKind
    }
}
