internal import Base
internal import DemandResponse
internal import DispatchStore

/// Follows each dispatch record through the journal.
struct LedgerBuilder {
    struct Record {
        let key: DispatchKey
        var modification: Int
        var place = TrailTree.start
        /// When it last changed its state.
        var changedAt: Timestamp
    }

    struct Participant {
        let incident: Incident.Number
        let customer: Customer.ID
        /// Positions of the customer's records.
        var records: Range<Int>
        /// In the tree: answers, refusals, and the news of a cancellation.
        var answers = TrailTree.start
    }

    /// The words of a modification's notices for one customer, or for all if they are the same.
    struct Words: Hashable {
        let incident: Incident.Number
        let modification: Int
        let digest: Int64
    }

    /// The rules' own delays are told; in a live run they are measured, and left out.
    let isTimed: Bool
    private let ends: [Incident.Number: Timestamp]

    var tree = TrailTree()
    private(set) var records: [Record] = []
    private(set) var participants: [Participant] = []
    /// Each with a record that has them.
    private(set) var words: [(words: Words, record: Int)] = []
    /// When each incident was opened, modified and cancelled.
    private(set) var steps: [Incident.Number: [(kind: IncidentDecisions.Step.Kind, at: Timestamp)]] = [:]

    private var positions: [DispatchKey: Int] = [:]
    private var wordPositions: [Words: Int] = [:]
    private var cause = DecisionFact.Kind.otherInput
    private var announced: [Incident.Number: Timestamp] = [:]
    private var cancelled: Set<Incident.Number> = []

    init(isTimed: Bool, incidents: [Incident]) {
        self.isTimed = isTimed
        ends = Dictionary(
            incidents.compactMap { incident in incident.period.end.map { (incident.number, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func add(_ fact: DecisionFact) {
        switch fact.kind {
        case .incidentRecorded: step(fact)
        case .dispatchRecorded: notice(fact)
        case .deliveryRecorded: deliver(fact)
        case .cancellationRecorded:
            if let record = positions[fact.key], let state = fact.state {
                advance(record, .cancellation(outcome(state, fact)))
            }
        case .resynced:
            // A session hears of each record; once is enough to tell.
            if fact.method == .websocket, let record = positions[fact.key] { advance(record, .repeated) }
        case .acknowledged, .deliveriesReported, .sessionJoined, .deadlineReached, .incidentCancelled, .otherInput:
            cause = fact.kind
        }
    }

    private mutating func advance(_ record: Int, _ event: TrailEvent) {
        records[record].place = tree.place(after: records[record].place, event)
    }

    private mutating func step(_ fact: DecisionFact) {
        let kind: IncidentDecisions.Step.Kind =
            cause == .incidentCancelled ? .cancelled : steps[fact.incident] == nil ? .opened : .modified
        steps[fact.incident, default: []].append((kind, fact.at))
        if kind == .cancelled { cancelled.insert(fact.incident) } else { announced[fact.incident] = fact.at }
    }

    private mutating func notice(_ fact: DecisionFact) {
        let record = position(of: fact)
        records[record].modification = fact.modification
        records[record].changedAt = fact.at
        let key = Words(incident: fact.incident, modification: fact.modification, digest: fact.digest)
        let place = wordPositions[key] ?? words.count
        if place == words.count {
            wordPositions[key] = place
            words.append((key, record))
        }
        advance(record, .noticed(fact.method, modification: fact.modification, words: place))
        guard let state = fact.state else { return }
        if state == .sending { advance(record, .handed(sinceAnnouncement(fact))) }
        advance(record, .became(outcome(state, fact)))
    }

    /// Of a record that may be new: those of a customer come one after the other.
    private mutating func position(of fact: DecisionFact) -> Int {
        if let known = positions[fact.key] { return known }
        let new = records.count
        positions[fact.key] = new
        records.append(Record(key: fact.key, modification: fact.modification, changedAt: fact.at))
        if let last = participants.last, last.incident == fact.incident, last.customer == fact.customer {
            participants[participants.count - 1].records = last.records.lowerBound..<new + 1
        } else {
            participants.append(
                Participant(incident: fact.incident, customer: fact.customer, records: new..<new + 1)
            )
        }
        return new
    }

    private mutating func deliver(_ fact: DecisionFact) {
        guard let record = positions[fact.key], let state = fact.state else { return }
        if state == .sending {
            advance(record, .handed(sending(fact, records[record])))
        }
        advance(record, .became(outcome(state, fact)))
        records[record].changedAt = fact.at
    }

    private func sending(_ fact: DecisionFact, _ record: Record) -> Sending {
        if cause == .sessionJoined { return .onConnecting }
        return fact.attempt > 1
            ? .again(after: isTimed ? fact.at - record.changedAt : nil) : sinceAnnouncement(fact)
    }

    private func sinceAnnouncement(_ fact: DecisionFact) -> Sending {
        let late = announced[fact.incident].map { fact.at - $0 } ?? .zero
        return isTimed && late > .zero ? .later(late) : .atOnce
    }

    private func outcome(_ state: DeliveryState, _ fact: DecisionFact) -> Outcome {
        switch state {
        case .pending: return .waiting
        case .sending: return .handedOut
        case .sent: return .taken
        case .delivered: return .delivered
        case .deferred: return .toBeTriedAgain
        case .failed: return .failed(fact.reason ?? "")
        case .unreachable: return .unreachable
        case .withdrawn:
            if cancelled.contains(fact.incident) { return .withdrawnByCancellation }
            if let end = ends[fact.incident], fact.at >= end { return .expired }
            return cause == .acknowledged || cause == .deliveriesReported ? .answeredFirst : .withdrawn
        }
    }

    // MARK: What else is known of participants

    mutating func add(_ event: TrailEvent, toParticipant position: Int) {
        participants[position].answers = tree.place(after: participants[position].answers, event)
    }
}
