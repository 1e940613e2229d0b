internal import Base
import DemandResponse
import DispatchStore

/// An answer of a customer to a modification of an incident.
private struct AnswerKey: Hashable {
    let incident: Incident.Number
    let customer: Customer.ID
    let modification: Int
}

/// Invariant 4: an acknowledgement that was confirmed to a client is in the database.
struct LostAcknowledgementChecker: Checker {
    var findings = Findings(number: 4, name: "no acknowledgement lost")
    private var recorded: Set<AnswerKey> = []

    mutating func see(_ fact: JournalFact) {
        guard fact.kind == .acknowledgementRecorded else { return }
        recorded.insert(
            AnswerKey(incident: fact.incident, customer: fact.customer, modification: fact.modification)
        )
    }

    mutating func see(_ fact: ObservationFact) {
        guard fact.kind == .confirmed else { return }
        let key = AnswerKey(incident: fact.incident, customer: fact.customer, modification: fact.modification)
        findings.examine(
            recorded.contains(key),
            at: fact.at,
            "the acknowledgement of the \(fact.key.words) was confirmed to its client and is not in the journal"
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
        guard fact.kind == .acknowledgementRecorded else { return }
        let key = AnswerKey(incident: fact.incident, customer: fact.customer, modification: fact.modification)
        let isFirst = first.updateValue(first[key] ?? fact.at, forKey: key) == nil
        findings.examine(
            isFirst,
            at: fact.at,
            "customer \(fact.customer) acknowledged incident \(fact.incident), modification \(fact.modification), twice"
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
        let session: Int
    }

    var findings = Findings(number: 7, name: "attribution")
    /// Whose each session is; `nil` inside: an observer's.
    private var members: [Int: Customer.ID?] = [:]
    private var asked: Asked?
    private var notices: [Recipient: Notice] = [:]

    mutating func see(_ fact: JournalFact) {
        switch fact.kind {
        case .observed: members[fact.session] = .some(nil)
        case .entered: members[fact.session] = fact.customer
        case .left: members[fact.session] = nil
        case .dispatchRecorded:
            let isHandedOut = fact.state == .sending || fact.state == .unreachable
            let recipient = Recipient(incident: fact.incident, customer: fact.customer)
            var notice = notices[recipient] ?? Notice(modification: fact.modification, isHandedOut: isHandedOut)
            if notice.modification < fact.modification {
                notice = Notice(modification: fact.modification, isHandedOut: isHandedOut)
            }
            notice.isHandedOut = notice.isHandedOut || isHandedOut
            notices[recipient] = notice
        // Whatever is handed out later than at once is `sending` at first.
        case .deliveryRecorded where fact.state == .sending:
            notices[Recipient(incident: fact.incident, customer: fact.customer)]?.isHandedOut = true
        case .acknowledged: asked = Asked(sequence: fact.sequence, session: fact.session)
        case .acknowledgementRecorded: examine(fact)
        default: break
        }
    }

    private mutating func examine(_ fact: JournalFact) {
        guard let asked, fact.cause == asked.sequence, let member = members[asked.session] else {
            findings.examine(false, at: fact.at, "an acknowledgement of customer \(fact.customer) came from no session")
            return
        }
        let isEntitled = member == nil || member == fact.customer
        let notice = notices[Recipient(incident: fact.incident, customer: fact.customer)]
        let wasSent =
            notice.map { notice in
                fact.modification < notice.modification
                    || fact.modification == notice.modification && (member == nil || notice.isHandedOut)
            } ?? false
        findings.examine(
            isEntitled && wasSent,
            at: fact.at,
            isEntitled
                ? "customer \(fact.customer) acknowledged incident \(fact.incident), modification \(fact.modification), before "
                    + (member == nil ? "it was committed" : "it was sent")
                : "a session of customer \(member ?? 0) acknowledged for customer \(fact.customer)"
        )
    }
}
