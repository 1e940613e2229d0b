public import Base

/// When a delivery that failed for now is tried again: exponential backoff up to a deadline. A carrier that says nothing of an
/// attempt has failed for now as well.
public struct RetryPolicy: Hashable, Sendable {
    public var firstDelay: Span
    public var longestDelay: Span
    /// How often a message is tried again, at most; `nil`: until the deadline.
    public var mostRetries: Int?
    /// An incident without an end is tried for this long after its announcement, the news that it is cancelled or recalled for as
    /// long after that.
    public var openEndedDeadline: Span
    /// How long a carrier may take to say whether it took a message: as long as a mail server may for most of its replies (RFC
    /// 5321 §4.5.3.2).
    public var reportWithin: Span

    public init(
        firstDelay: Span = .seconds(5),
        longestDelay: Span = .minutes(5),
        mostRetries: Int? = nil,
        openEndedDeadline: Span = .hours(24),
        reportWithin: Span = .minutes(5)
    ) {
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.mostRetries = mostRetries
        self.openEndedDeadline = openEndedDeadline
        self.reportWithin = reportWithin
    }

    /// The instant of the next attempt after `attempts` failed ones, or `nil` when that would lie beyond the deadline, or be one too
    /// many.
    public func nextAttempt(after attempts: Int, at now: Timestamp, of incident: Incident) -> Timestamp? {
        if let mostRetries, attempts > mostRetries { return nil }
        var delay = firstDelay
        for _ in 1..<max(attempts, 1) where delay < longestDelay {
            delay = min(delay + delay, longestDelay)
        }
        let next = now + delay
        let deadline = lapse(of: incident) ?? incident.announcedAt + openEndedDeadline
        return next < deadline ? next : nil
    }

    /// From when on nothing more is told of an incident: the end that was announced, or without one `openEndedDeadline` after its
    /// cancellation or recall; as long after the announcement where the end had passed by then; `nil` while it is open-ended.
    public func lapse(of incident: Incident) -> Timestamp? {
        if incident.isBelated { return incident.announcedAt + openEndedDeadline }
        return incident.period.end ?? incident.closing.map { $0.at + openEndedDeadline }
    }
}
