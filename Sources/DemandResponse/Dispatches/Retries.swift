public import Base

/// What a program says of how its deliveries are tried again; of what is `nil` the dispatcher's own policy holds.
public struct Retries: Hashable, Sendable, Codable {
    /// How often a message is tried again, at most; 0: never.
    public var times: Int?
    /// From the first failure to the next attempt. Each later pause is twice as long as the one before.
    public var first: Span?
    /// The longest pause.
    public var atMost: Span?

    public static let mostTimes = 1_000
    public static let shortestPause = Span.seconds(1)

    public init(times: Int? = nil, first: Span? = nil, atMost: Span? = nil) {
        self.times = times
        self.first = first
        self.atMost = atMost
    }

    /// Whether the pauses grow from one that is longer than the longest.
    public var isContradictory: Bool {
        guard let first, let atMost else { return false }
        return first > atMost
    }
}

extension RetryPolicy {
    /// The policy for a program that says this.
    public func adjusted(by retries: Retries?) -> RetryPolicy {
        guard let retries else { return self }
        var policy = self
        policy.longestDelay = retries.atMost ?? max(longestDelay, retries.first ?? .zero)
        policy.firstDelay = min(retries.first ?? firstDelay, policy.longestDelay)
        policy.mostRetries = retries.times ?? mostRetries
        return policy
    }
}
