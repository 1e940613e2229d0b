internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 3, at least once: a client that was joined from the commit on, or joined later while the dispatch was still open,
/// and stayed long enough for it to arrive, received it.
///
/// A client learns of all its dispatches over Socket.IO, whichever method carries them.
struct DeliveryChecker: Checker {
    var findings = Findings(number: 3, name: "at least once")
    private var sessions = JoinedSpans()

    mutating func see(_ seen: Observation, _ known: KnownRecords) { sessions.see(seen) }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        let sessions = sessions.spans(endingAt: evidence.endsAt)
        for record in evidence.history.records {
            let isReceived = record.receivedAt != nil
            guard isReceived || isOwed(record, sessions[record.key.customer] ?? [], evidence) else { continue }
            findings.examine(
                isReceived,
                at: record.announcedAt,
                "the client of customer \(record.key.customer) was there and never received the \(record.key.words)"
            )
        }
    }

    /// Whether a session must have brought it. What is on its way to a session arrives whatever happens then; but who joins after
    /// the answer, the cancellation, the recall or the end is not told of it any more.
    private func isOwed(_ record: History.Record, _ own: [Range<Timestamp>], _ evidence: Evidence) -> Bool {
        guard let incident = evidence.incidents[record.key.incident] else { return false }
        let closedAt = [record.acknowledgedAt, incident.closing?.at, incident.period.end].compactMap(\.self).min()
        return own.contains { session in
            closedAt.map { session.lowerBound < $0 } ?? true
                && max(session.lowerBound, record.announcedAt) + evidence.transit < session.upperBound
        }
    }
}
