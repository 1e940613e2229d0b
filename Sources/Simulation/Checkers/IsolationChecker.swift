internal import Base
import DemandResponse
import DispatchStore

/// Invariant 10, isolation: no session is held up by another. What is announced to a client that is joined, and stays so long enough,
/// reaches it within the time that its network may take, whatever the others do.
///
/// It sees each dispatch's present modification, and its first way to the client. It does not see whether any session was slow, so a
/// run in which all keep up proves little; nor how long a queue the server keeps for a slow one, which is not in a record. What is
/// told to a session that has just joined is no matter of others and is left out; what never came is invariant 3's.
struct IsolationChecker: Checker {
    var findings = Findings(number: 10, name: "isolation")
    private var sessions = JoinedSpans()

    mutating func see(_ seen: Observation, _ known: KnownRecords) { sessions.see(seen) }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        let sessions = sessions.spans(endingAt: evidence.endsAt)
        for record in evidence.history.records {
            guard let received = record.receivedAt, let own = sessions[record.key.customer] else { continue }
            let due = record.announcedAt + evidence.transit
            guard own.contains(where: { $0.lowerBound <= record.announcedAt && due < $0.upperBound }) else { continue }
            findings.examine(
                received <= due,
                at: received,
                "the \(record.key.words) was held up: a client that was there had it only after "
                    + Units.text(received - record.announcedAt)
            )
        }
    }
}
