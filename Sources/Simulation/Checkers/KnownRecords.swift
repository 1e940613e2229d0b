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

/// What the journal has told of each dispatch record, kept once for all checkers.
///
/// A checker that is shown a fact finds here what was known before it.
final class KnownRecords {
    /// What a modification announced.
    struct Commit {
        let modification: Int
        let at: Timestamp
        let digest: Int64
    }

    struct Record {
        var first: Commit
        var modification: Int
        var state: DeliveryState

        // The rest is known of the customer's records together, and stands at the one that came first.

        /// Whether the latest modification of which the customer is told was handed out, by whichever method.
        var isHandedOut: Bool
        var latest: Int
        /// The modification that was answered first, or a number that none has, and how; other answers are few.
        var answered = Int.min
        var answer: Answer?
    }

    /// What a customer has answered to a modification: once, or again and otherwise.
    struct Answer {
        let firstAt: Timestamp
        /// What the last answer says; `nil`: a journal of format 1 does not tell.
        private(set) var optsOut: Bool?
        private var hasOptedIn: Bool
        private var hasOptedOut: Bool

        init(_ optsOut: Bool?, at firstAt: Timestamp) {
            self.firstAt = firstAt
            self.optsOut = optsOut
            (hasOptedIn, hasOptedOut) = (optsOut != true, optsOut != false)
        }

        /// Whether any of the answers said so.
        func hasSaid(optsOut: Bool) -> Bool { optsOut ? hasOptedOut : hasOptedIn }

        /// Whether an answer says otherwise than the last one.
        func isContradicted(by other: Bool?) -> Bool {
            guard let optsOut, let other else { return false }
            return optsOut != other
        }

        mutating func add(_ optsOut: Bool?) {
            self.optsOut = optsOut
            hasOptedIn = hasOptedIn || optsOut != true
            hasOptedOut = hasOptedOut || optsOut != false
        }
    }

    private var places = DispatchIndex()
    private var records: [Record] = []
    private var later: [DispatchKey: [Commit]] = [:]
    private var otherAnswers: [AnswerKey: Answer] = [:]
    /// How the news of a cancellation or recall gets through goes its own way, beside the dispatch's.
    private(set) var closings: [DispatchKey: (kind: Outgoing.Kind, state: DeliveryState)] = [:]
    /// How many of the records were purged; nothing more is told of them.
    private var purged = 0
    /// The records of which the present fact or observation tells, as far as they are known: the one that it names, and the first
    /// of the same customer.
    private var present: (record: Int?, participant: Int?) = (nil, nil)

    /// The record that the present fact names, as it was before.
    var record: Record? { present.record.map { records[$0] } }
    /// What is known of its customer's part in the incident.
    var participant: Record? { present.participant.map { records[$0] } }

    /// Looks up of what a fact tells, before it is shown to the checkers.
    func turn(to fact: JournalFact) {
        switch fact.content {
        case .dispatch(let key, _, _, _), .delivery(let key, _, _, _, _, _), .send(let key, _, _, _, _, _),
            .emit(let key, _, _), .resync(let key, _):
            present = places.places(of: key)
        case .acknowledgement(let incident, let customer, _, _, _):
            present = (nil, places.firstPlace(of: customer, in: incident))
        case .input, .incident, .leftOut, .purge, .news, .observed, .entered, .left, .refusal, .other:
            present = (nil, nil)
        }
    }

    /// Looks up of what a client tells.
    func turn(to seen: Observation) {
        switch seen.kind {
        case .received, .confirmed: present = seen.key.map(places.places) ?? (nil, nil)
        case .connected, .joined, .disconnected, .acknowledged, .refused, .told: present = (nil, nil)
        }
    }

    /// What a modification announced to the record that is looked at.
    func commit(of modification: Int, _ key: DispatchKey) -> Commit? {
        if let first = record?.first, first.modification == modification { return first }
        return later[key]?.last { $0.modification == modification }
    }

    /// What the customer that is looked at has answered.
    func answer(_ key: AnswerKey) -> Answer? {
        if let participant, participant.answered == key.modification { return participant.answer }
        return otherAnswers.isEmpty ? nil : otherAnswers[key]
    }

    /// What a customer has answered, once everything has been shown.
    func finalAnswer(_ key: AnswerKey) -> Answer? {
        present = (nil, places.firstPlace(of: key.customer, in: key.incident))
        return answer(key)
    }

    /// What is not settled yet, in no order.
    func forEachOpen(_ body: (DispatchKey, Outgoing.Kind, DeliveryState) -> Void) {
        places.forEach { key, place in
            if place >= purged, records[place].state.isOpen { body(key, .dispatch, records[place].state) }
        }
        for (key, closing) in closings where closing.state.isOpen { body(key, closing.kind, closing.state) }
    }

    // MARK: - What a fact adds

    /// To be called once the checkers have been shown the fact.
    func learn(_ fact: JournalFact) {
        switch fact.content {
        case .dispatch(let key, let modification, let state, let digest):
            noticed(key, Commit(modification: modification, at: fact.at, digest: digest), state)
        case .delivery(_, _, .dispatch, let state, _, _):
            if let record = present.record { records[record].state = state }
            // Whatever is handed out later than at once is `sending` at first.
            if state == .sending, let participant = present.participant { records[participant].isHandedOut = true }
        case .delivery(let key, _, let kind, let state, _, _): closings[key] = (kind, state)
        case .purge:
            purged = records.count
            closings = [:]
        case .acknowledgement(let incident, let customer, let modification, _, let detail):
            let key = AnswerKey(incident: incident, customer: customer, modification: modification)
            answered(key, optsOut: detail.map(AcknowledgementDetail.optsOut), at: fact.at)
        case .input, .incident, .leftOut, .send, .emit, .news, .resync, .observed, .entered, .left, .refusal, .other:
            break
        }
    }

    private func noticed(_ key: DispatchKey, _ commit: Commit, _ state: DeliveryState) {
        let modification = commit.modification
        let isHandedOut = state == .sending || state == .unreachable
        if let record = present.record {
            if records[record].first.modification == modification {
                records[record].first = commit
            } else {
                later[key, default: []].append(commit)
            }
            records[record].modification = modification
            records[record].state = state
        } else {
            _ = places.insert(key)
            records.append(
                Record(
                    first: commit,
                    modification: modification,
                    state: state,
                    isHandedOut: isHandedOut,
                    latest: modification
                )
            )
        }
        guard let participant = present.participant else { return }
        if records[participant].latest < modification {
            records[participant].latest = modification
            records[participant].isHandedOut = isHandedOut
        } else if isHandedOut {
            records[participant].isHandedOut = true
        }
    }

    private func answered(_ key: AnswerKey, optsOut: Bool?, at now: Timestamp) {
        var answer = answer(key)
        if answer == nil { answer = Answer(optsOut, at: now) } else { answer?.add(optsOut) }
        if let participant = present.participant, [.min, key.modification].contains(records[participant].answered) {
            records[participant].answered = key.modification
            records[participant].answer = answer
        } else {
            otherAnswers[key] = answer
        }
    }
}

extension DeliveryState {
    /// Whether it is still to be delivered or withdrawn, and not in a carrier's hands.
    fileprivate var isOpen: Bool {
        switch self {
        case .pending, .sending, .deferred: true
        case .sent, .delivered, .failed, .withdrawn, .unreachable: false
        }
    }
}
