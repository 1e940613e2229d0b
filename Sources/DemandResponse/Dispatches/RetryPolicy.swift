/// When a delivery that failed for now is tried again: exponential backoff up to a deadline.
public struct RetryPolicy: Hashable, Sendable {
    public var firstDelay: Span
    public var longestDelay: Span
    /// An incident without an end is tried for this long after its announcement, its cancellation for as long after that.
    public var openEndedDeadline: Span

    public init(
        firstDelay: Span = .seconds(5),
        longestDelay: Span = .minutes(5),
        openEndedDeadline: Span = .hours(24)
    ) {
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.openEndedDeadline = openEndedDeadline
    }

    /// The instant of the next attempt after `attempts` failed ones, or `nil` when that would lie beyond the deadline.
    public func nextAttempt(after attempts: Int, at now: Timestamp, of incident: Incident) -> Timestamp? {
        var delay = firstDelay
        for _ in 1..<max(attempts, 1) where delay < longestDelay {
            delay = min(delay + delay, longestDelay)
        }
        let next = now + delay
        let deadline = incident.period.end ?? (incident.cancelledAt ?? incident.announcedAt) + openEndedDeadline
        return next < deadline ? next : nil
    }
}
