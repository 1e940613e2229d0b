public import Base

/// Why an expectation is known to fall short, and how long that is put up with.
public struct KnownFailure: Hashable, Sendable {
    /// Where it is followed up, as `#12` or an address.
    public var issue: String
    /// The last day of it, in UTC, as `2027-01-31`.
    public var until: String
    public var why: String

    public init(issue: String, until: String, why: String) {
        self.issue = issue
        self.until = until
        self.why = why
    }

    /// Whether its last day was before this instant.
    public func isOver(at now: Timestamp) -> Bool { CivilTime(now).date > until }
}
