internal import Base
internal import DemandResponse
internal import Journal

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
    /// The kind of the last input.
    private var cause = JournalKind.started
    private var announced: [Incident.Number: Timestamp] = [:]
    private var cancelled: Set<Incident.Number> = []

    init(isTimed: Bool, incidents: [Incident]) {
        self.isTimed = isTimed
        ends = Dictionary(
            incidents.compactMap { incident in incident.period.end.map { (incident.number, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func add(_ fact: JournalFact) {
        switch fact.content {
        case .input(let kind, _): cause = kind
        case .incident(let number, _, let isCancelled): step(number, isCancelled ? .cancelled : nil, at: fact.at)
        case .dispatch(let key, let modification, let state, let digest):
            notice(key, modification, state, digest, at: fact.at)
        case .delivery(let key, _, .dispatch, let state, let attempt, let reason):
            guard let record = positions[key] else { return }
            if state == .sending { advance(record, .handed(sending(attempt, records[record], at: fact.at))) }
            advance(record, .became(outcome(state, of: key.incident, reason, at: fact.at)))
            records[record].changedAt = fact.at
        case .delivery(let key, _, .cancellation, let state, _, let reason):
            if let record = positions[key] {
                advance(record, .cancellation(outcome(state, of: key.incident, reason, at: fact.at)))
            }
        case .resync(let key, _):
            // A session hears of each record; once is enough to tell.
            if key.method == .websocket, let record = positions[key] { advance(record, .repeated) }
        // Answers are told by the tables.
        case .acknowledgement, .refusal: break
        case .purge, .send, .emit, .observed, .entered, .left, .other: break
        }
    }

    private mutating func advance(_ record: Int, _ event: TrailEvent) {
        records[record].place = tree.place(after: records[record].place, event)
    }

    private mutating func step(
        _ incident: Incident.Number,
        _ cancelled: IncidentDecisions.Step.Kind?,
        at now: Timestamp
    ) {
        let kind = cancelled ?? (steps[incident] == nil ? .opened : .modified)
        steps[incident, default: []].append((kind, now))
        if kind == .cancelled { self.cancelled.insert(incident) } else { announced[incident] = now }
    }

    private mutating func notice(
        _ key: DispatchKey,
        _ modification: Int,
        _ state: DeliveryState,
        _ digest: Int64,
        at now: Timestamp
    ) {
        let record = position(of: key, modification, at: now)
        records[record].modification = modification
        records[record].changedAt = now
        let words = Words(incident: key.incident, modification: modification, digest: digest)
        let place = wordPositions[words] ?? self.words.count
        if place == self.words.count {
            wordPositions[words] = place
            self.words.append((words, record))
        }
        advance(record, .noticed(key.method, modification: modification, words: place))
        if state == .sending { advance(record, .handed(sinceAnnouncement(of: key.incident, at: now))) }
        advance(record, .became(outcome(state, of: key.incident, nil, at: now)))
    }

    /// Of a record that may be new: those of a customer come one after the other.
    private mutating func position(of key: DispatchKey, _ modification: Int, at now: Timestamp) -> Int {
        if let known = positions[key] { return known }
        let new = records.count
        positions[key] = new
        records.append(Record(key: key, modification: modification, changedAt: now))
        if let last = participants.last, last.incident == key.incident, last.customer == key.customer {
            participants[participants.count - 1].records = last.records.lowerBound..<new + 1
        } else {
            participants.append(Participant(incident: key.incident, customer: key.customer, records: new..<new + 1))
        }
        return new
    }

    private func sending(_ attempt: Int, _ record: Record, at now: Timestamp) -> Sending {
        if cause == .sessionJoined { return .onConnecting }
        return attempt > 1
            ? .again(after: isTimed ? now - record.changedAt : nil)
            : sinceAnnouncement(of: record.key.incident, at: now)
    }

    private func sinceAnnouncement(of incident: Incident.Number, at now: Timestamp) -> Sending {
        let late = announced[incident].map { now - $0 } ?? .zero
        return isTimed && late > .zero ? .later(late) : .atOnce
    }

    private func outcome(
        _ state: DeliveryState,
        of incident: Incident.Number,
        _ reason: String?,
        at now: Timestamp
    ) -> Outcome {
        switch state {
        case .pending: return .waiting
        case .sending: return .handedOut
        case .sent: return .taken
        case .delivered: return .delivered
        case .deferred: return .toBeTriedAgain
        case .failed: return .failed(reason ?? "")
        case .unreachable: return .unreachable
        case .withdrawn:
            if cancelled.contains(incident) { return .withdrawnByCancellation }
            if let end = ends[incident], now >= end { return .expired }
            return cause == .acknowledged || cause == .deliveriesReported ? .answeredFirst : .withdrawn
        }
    }

    // MARK: What else is known of participants

    mutating func add(_ event: TrailEvent, toParticipant position: Int) {
        participants[position].answers = tree.place(after: participants[position].answers, event)
    }
}
