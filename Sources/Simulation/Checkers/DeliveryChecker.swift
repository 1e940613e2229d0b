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
    private var sessions: [Customer.ID: [Range<Timestamp>]] = [:]
    private var joinedAt: [Customer.ID: Timestamp] = [:]

    mutating func see(_ seen: Observation) {
        switch seen.kind {
        case .joined: joinedAt[seen.customer] = seen.at
        case .disconnected: endSession(of: seen.customer, at: seen.at)
        default: break
        }
    }

    private mutating func endSession(of customer: Customer.ID, at end: Timestamp) {
        guard let start = joinedAt.removeValue(forKey: customer), start < end else { return }
        sessions[customer, default: []].append(start..<end)
    }

    mutating func conclude(_ evidence: Evidence) {
        for customer in joinedAt.keys.sorted() { endSession(of: customer, at: evidence.endsAt) }
        for record in evidence.history.records {
            let isReceived = record.receivedAt != nil
            guard isReceived || isOwed(record, evidence) else { continue }
            findings.examine(
                isReceived,
                at: record.announcedAt,
                "the client of customer \(record.key.customer) was there and never received the \(record.key.words)"
            )
        }
    }

    /// Whether a session must have brought it. What is on its way to a session arrives whatever happens then; but who joins after
    /// the answer, the cancellation or the end is not told of it any more.
    private func isOwed(_ record: History.Record, _ evidence: Evidence) -> Bool {
        guard let own = sessions[record.key.customer], let incident = evidence.incidents[record.key.incident] else {
            return false
        }
        let closedAt = [record.acknowledgedAt, incident.cancelledAt, incident.period.end].compactMap(\.self).min()
        return own.contains { session in
            closedAt.map { session.lowerBound < $0 } ?? true
                && max(session.lowerBound, record.announcedAt) + evidence.transit < session.upperBound
        }
    }
}
