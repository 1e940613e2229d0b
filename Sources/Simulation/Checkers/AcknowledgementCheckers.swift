internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 4: an acknowledgement that was confirmed to a client is in the database, saying what the client said.
struct LostAcknowledgementChecker: Checker {
    var findings = Findings(number: 4, name: "no acknowledgement lost")

    mutating func see(_ seen: Observation, _ known: KnownRecords) {
        guard seen.kind == .confirmed, let key = seen.key, let modification = seen.modification else { return }
        let answer = AnswerKey(incident: key.incident, customer: key.customer, modification: modification)
        findings.examine(
            known.answer(answer)?.hasSaid(optsOut: seen.optsOut) ?? false,
            at: seen.at,
            "the \(seen.optsOut ? "opt-out" : "acknowledgement") of the \(key.words) was confirmed to its client and is not in the journal"
        )
    }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        for record in evidence.history.records where record.confirmedAt != nil {
            findings.examine(
                record.acknowledgedAt != nil,
                at: record.confirmedAt,
                "the acknowledgement of the \(record.key.words) was confirmed to its client and is not in the dispatches"
            )
        }
    }
}

/// Invariant 5: any number of acknowledgements that say the same make one, and the time of a customer's first never changes; one that
/// contradicts counts from then on.
struct IdempotenceChecker: Checker {
    var findings = Findings(number: 5, name: "idempotent")

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        guard case .acknowledgement(let incident, let customer, let modification, _, let detail) = fact.content else {
            return
        }
        let key = AnswerKey(incident: incident, customer: customer, modification: modification)
        findings.examine(
            known.answer(key)?.isContradicted(by: detail.map(AcknowledgementDetail.optsOut)) ?? true,
            at: fact.at,
            "customer \(customer) acknowledged incident \(incident), modification \(modification), twice"
        )
    }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        for record in evidence.history.records {
            guard let at = record.acknowledgedAt else { continue }
            let key = AnswerKey(
                incident: record.key.incident,
                customer: record.key.customer,
                modification: record.modification
            )
            let answer = known.finalAnswer(key)
            findings.examine(
                answer?.firstAt == at,
                at: at,
                "the \(record.key.words) does not keep the time of its first acknowledgement"
            )
            findings.examine(
                answer?.optsOut.map { $0 == record.optedOut } ?? true,
                at: at,
                "the \(record.key.words) does not say what its customer answered last"
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
    private struct Asked {
        let sequence: Int
        let session: SessionID
    }

    var findings = Findings(number: 7, name: "attribution")
    /// Whose each session is; `nil` inside: an observer's.
    private var members: [SessionID: Customer.ID?] = [:]
    private var asked: Asked?

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        switch fact.content {
        case .observed(let session): members[session] = .some(nil)
        case .entered(let session, let customer): members[session] = customer
        case .left(let session): members[session] = nil
        case .input(.acknowledged, let session?, _): asked = Asked(sequence: fact.sequence, session: session)
        case .acknowledgement(let incident, let customer, let modification, _, _):
            let answer = AnswerKey(incident: incident, customer: customer, modification: modification)
            examine(fact, answer, known.participant)
        // Nobody is in a room of a process that begins, which numbers its sessions anew.
        case .input(.started, _, _): members = [:]
        case .input, .incident, .leftOut, .dispatch, .delivery, .purge, .send, .emit, .resync, .refusal, .news, .other:
            break
        }
    }

    /// - Parameter known: of what the customer had been told.
    private mutating func examine(_ fact: JournalFact, _ answer: AnswerKey, _ known: KnownRecords.Record?) {
        let customer = answer.customer
        guard let asked, fact.cause == asked.sequence, let member = members[asked.session] else {
            findings.examine(false, at: fact.at, "an acknowledgement of customer \(customer) came from no session")
            return
        }
        let isEntitled = member == nil || member == customer
        let wasSent =
            known.map { known in
                answer.modification < known.latest
                    || answer.modification == known.latest && (member == nil || known.isHandedOut)
            } ?? false
        findings.examine(
            isEntitled && wasSent,
            at: fact.at,
            isEntitled
                ? "customer \(customer) acknowledged incident \(answer.incident), modification \(answer.modification), before "
                    + (member == nil ? "it was committed" : "it was sent")
                : "a session of customer \(member ?? 0) acknowledged for customer \(customer)"
        )
    }
}
