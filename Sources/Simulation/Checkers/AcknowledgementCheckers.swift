internal import Base
import DemandResponse
import DispatchStore
import Journal

/// An answer of a customer to a modification of an incident.
struct AnswerKey: Hashable {
    let incident: Incident.Number
    let customer: Customer.ID
    let modification: Int
}

/// Invariant 4: an acknowledgement that was confirmed to a client is in the database.
struct LostAcknowledgementChecker: Checker {
    var findings = Findings(number: 4, name: "no acknowledgement lost")
    private var recorded: Set<AnswerKey> = []

    mutating func see(_ fact: JournalFact) {
        guard case .acknowledgement(let incident, let customer, let modification, _, _) = fact.content else { return }
        recorded.insert(AnswerKey(incident: incident, customer: customer, modification: modification))
    }

    mutating func see(_ seen: Observation) {
        guard seen.kind == .confirmed, let key = seen.key, let modification = seen.modification else { return }
        findings.examine(
            recorded.contains(AnswerKey(incident: key.incident, customer: key.customer, modification: modification)),
            at: seen.at,
            "the acknowledgement of the \(key.words) was confirmed to its client and is not in the journal"
        )
    }

    mutating func conclude(_ evidence: Evidence) {
        for record in evidence.history.records where record.confirmedAt != nil {
            findings.examine(
                record.acknowledgedAt != nil,
                at: record.confirmedAt,
                "the acknowledgement of the \(record.key.words) was confirmed to its client and is not in the dispatches"
            )
        }
    }
}

/// Invariant 5: any number of acknowledgements make one, whose first time never changes.
struct IdempotenceChecker: Checker {
    var findings = Findings(number: 5, name: "idempotent")
    private var first: [AnswerKey: Timestamp] = [:]

    mutating func see(_ fact: JournalFact) {
        guard case .acknowledgement(let incident, let customer, let modification, _, _) = fact.content else { return }
        let key = AnswerKey(incident: incident, customer: customer, modification: modification)
        let isFirst = first.updateValue(first[key] ?? fact.at, forKey: key) == nil
        findings.examine(
            isFirst,
            at: fact.at,
            "customer \(customer) acknowledged incident \(incident), modification \(modification), twice"
        )
    }

    mutating func conclude(_ evidence: Evidence) {
        for record in evidence.history.records {
            guard let at = record.acknowledgedAt else { continue }
            let key = AnswerKey(
                incident: record.key.incident,
                customer: record.key.customer,
                modification: record.modification
            )
            findings.examine(
                first[key] == at,
                at: at,
                "the \(record.key.words) does not keep the time of its first acknowledgement"
            )
        }
    }
}

/// Invariant 7: an acknowledgement that counts comes from a session entitled to the dispatch, after that was sent.
///
/// An observer may answer for any customer: an operator learns of a dispatch from its commit on. A customer's own session can
/// answer only what was handed out to the customer before, by whichever method; a dispatch that no method carries is told to
/// sessions alone, and counts as handed out from its commit on. The dispatcher does not keep who had an older modification: an
/// answer to one counts as the observers' do.
struct AttributionChecker: Checker {
    private struct Recipient: Hashable {
        let incident: Incident.Number
        let customer: Customer.ID
    }

    private struct Notice {
        var modification: Int
        var isHandedOut: Bool
    }

    private struct Asked {
        let sequence: Int
        let session: SessionID
    }

    var findings = Findings(number: 7, name: "attribution")
    /// Whose each session is; `nil` inside: an observer's.
    private var members: [SessionID: Customer.ID?] = [:]
    private var asked: Asked?
    private var notices: [Recipient: Notice] = [:]

    mutating func see(_ fact: JournalFact) {
        switch fact.content {
        case .observed(let session): members[session] = .some(nil)
        case .entered(let session, let customer): members[session] = customer
        case .left(let session): members[session] = nil
        case .dispatch(let key, let modification, let state, _):
            let isHandedOut = state == .sending || state == .unreachable
            let recipient = Recipient(incident: key.incident, customer: key.customer)
            var notice = notices[recipient] ?? Notice(modification: modification, isHandedOut: isHandedOut)
            if notice.modification < modification {
                notice = Notice(modification: modification, isHandedOut: isHandedOut)
            }
            notice.isHandedOut = notice.isHandedOut || isHandedOut
            notices[recipient] = notice
        // Whatever is handed out later than at once is `sending` at first.
        case .delivery(let key, _, .dispatch, .sending, _, _):
            notices[Recipient(incident: key.incident, customer: key.customer)]?.isHandedOut = true
        case .input(.acknowledged, let session?, _): asked = Asked(sequence: fact.sequence, session: session)
        case .acknowledgement(let incident, let customer, let modification, _, _):
            examine(fact, Recipient(incident: incident, customer: customer), modification)
        // Nobody is in a room of a process that begins, which numbers its sessions anew.
        case .input(.started, _, _): members = [:]
        case .input, .leftOut, .incident, .delivery, .purge, .send, .emit, .resync, .refusal, .news, .other: break
        }
    }

    private mutating func examine(_ fact: JournalFact, _ recipient: Recipient, _ modification: Int) {
        let customer = recipient.customer
        guard let asked, fact.cause == asked.sequence, let member = members[asked.session] else {
            findings.examine(false, at: fact.at, "an acknowledgement of customer \(customer) came from no session")
            return
        }
        let isEntitled = member == nil || member == customer
        let wasSent =
            notices[recipient].map { notice in
                modification < notice.modification
                    || modification == notice.modification && (member == nil || notice.isHandedOut)
            } ?? false
        findings.examine(
            isEntitled && wasSent,
            at: fact.at,
            isEntitled
                ? "customer \(customer) acknowledged incident \(recipient.incident), modification \(modification), before "
                    + (member == nil ? "it was committed" : "it was sent")
                : "a session of customer \(member ?? 0) acknowledged for customer \(customer)"
        )
    }
}
