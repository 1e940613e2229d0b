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
            "the acknowledgement of the \(fact.key.words) was confirmed to its client and is not in the database"
        )
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

/// Invariant 7: an acknowledgement that counts comes from a session entitled to the dispatch, after it was committed.
struct AttributionChecker: Checker {
    private struct Asked {
        let sequence: Int
        let session: Int
    }

    var findings = Findings(number: 7, name: "attribution")
    /// Whose each session is; `nil` inside: an observer's.
    private var members: [Int: Customer.ID?] = [:]
    private var asked: Asked?
    private var announced: [Incident.Number: [Int: Timestamp]] = [:]

    mutating func see(_ fact: JournalFact) {
        switch fact.kind {
        case .observed: members[fact.session] = .some(nil)
        case .entered: members[fact.session] = fact.customer
        case .left: members[fact.session] = nil
        case .incidentRecorded where announced[fact.incident]?[fact.modification] == nil:
            announced[fact.incident, default: [:]][fact.modification] = fact.at
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
        let wasAnnounced = announced[fact.incident]?[fact.modification].map { $0 <= fact.at } ?? false
        findings.examine(
            isEntitled && wasAnnounced,
            at: fact.at,
            isEntitled
                ? "customer \(fact.customer) acknowledged incident \(fact.incident) before it was committed"
                : "a session of customer \(member ?? 0) acknowledged for customer \(fact.customer)"
        )
    }
}
