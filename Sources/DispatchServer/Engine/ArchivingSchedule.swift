internal import Base

/// When incidents are looked for that have been over long enough to be archived: now and then, since nothing hangs on the moment, and
/// not at the beginning, since who comes back after the server was away may have something to say first.
struct ArchivingSchedule {
    private static let longestInterval = Span.minutes(1)

    private let span: Span
    private var next: Timestamp

    /// - Parameters:
    ///   - span: how long after its lapse an incident takes acknowledgements.
    ///   - uptime: by a clock that is never set, as are all that are called so.
    init(after span: Span, from uptime: Timestamp) {
        self.span = span
        next = uptime
        begin(at: uptime)
    }

    mutating func begin(at uptime: Timestamp) { next = uptime + min(span, Self.longestInterval) }

    /// The clock was set. Of a wrong one nothing may be archived that is not over: there is time to set it right.
    mutating func hold(at uptime: Timestamp) { next = uptime + span }

    /// What had lapsed at this instant is to be archived; `nil`: it is not the time to look.
    mutating func due(at now: Timestamp, uptime: Timestamp) -> Timestamp? {
        guard uptime >= next else { return nil }
        begin(at: uptime)
        return now - span
    }
}
