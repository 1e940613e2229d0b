internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 8, nothing after the end: once a customer has acknowledged a modification of an incident, or the incident is cancelled,
/// recalled or over, no delivery of its dispatch begins any more.
///
/// Judged by what the dispatcher starts, in the journal's order: what it hands to a carrier and what it tells sessions. What was
/// under way before may still arrive. News of the incident itself, such as of its cancellation or recall, is no delivery of a dispatch. Of an
/// incident that was purged only the acknowledgements and the cancellation or recall are known, not the end.
struct AfterTheEndChecker: Checker {
    private struct Start {
        let at: Timestamp
        let key: DispatchKey
    }

    var findings = Findings(number: 8, name: "nothing after the end")
    private var closed: [Incident.Number: Closing.Kind] = [:]
    /// The last delivery of each incident that began. What comes before an incident's last modification is never after its end,
    /// since one that is over cannot be modified: so it is enough to compare with the end that it has in the end.
    private var last: [Incident.Number: Start] = [:]

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        switch fact.content {
        case .incident(let number, _, let closing?, _): closed[number] = closing
        case .send(let key, let modification, .dispatch, _, _, _), .emit(let key, let modification, _),
            .resync(let key, let modification):
            started(key, modification, fact, known)
        case .input, .incident, .leftOut, .dispatch, .delivery, .acknowledgement, .purge, .send, .observed, .entered,
            .left,
            .refusal, .news,
            .other:
            break
        }
    }

    private mutating func started(_ key: DispatchKey, _ modification: Int, _ fact: JournalFact, _ known: KnownRecords) {
        let answer = AnswerKey(incident: key.incident, customer: key.customer, modification: modification)
        let closing = closed[key.incident]
        findings.examine(
            closing == nil && known.answer(answer) == nil,
            at: fact.at,
            "the \(key.words) went out after "
                + (closing.map { "the incident's \($0.rawValue)" } ?? "its acknowledgement")
        )
        last[key.incident] = Start(at: fact.at, key: key)
    }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        for (incident, start) in last.sorted(by: { $0.key < $1.key }) {
            // One that was announced after its end was dispatched all the same.
            guard let known = evidence.incidents[incident], let end = known.period.end, !known.isBelated else {
                continue
            }
            findings.examine(start.at < end, at: start.at, "the \(start.key.words) went out after the incident's end")
        }
    }
}
