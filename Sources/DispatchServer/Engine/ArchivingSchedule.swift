internal import Base

/// When incidents are looked for that have been over long enough to be archived: now and then, since nothing hangs on the moment, and
/// not at the beginning, since who comes back after the server was away may have something to say first.
struct ArchivingSchedule {
    private static let longestInterval = Span.minutes(1)

    private let span: Span
    private var next: Timestamp

    /// - Parameter span: how long after its lapse an incident takes acknowledgements.
    init(after span: Span, from now: Timestamp) {
        self.span = span
        next = now
        begin(at: now)
    }

    mutating func begin(at now: Timestamp) { next = now + min(span, Self.longestInterval) }

    /// What had lapsed at this instant is to be archived; `nil`: it is not the time to look.
    mutating func due(at now: Timestamp) -> Timestamp? {
        guard now >= next else { return nil }
        begin(at: now)
        return now - span
    }
}
