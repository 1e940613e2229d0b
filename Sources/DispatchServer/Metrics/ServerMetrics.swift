internal import Base
internal import DemandResponse
internal import Journal
internal import NIOConcurrencyHelpers

/// What the server counts of itself since it started. Latencies are taken from what was committed.
final class ServerMetrics: Sendable {
    struct Counts: Sendable {
        var inputs: [JournalKind: Int] = [:]
        var dispatches: [DispatchMethod?: Int] = [:]
        /// By method and by whether it got through.
        var deliveries: [DispatchMethod: [Bool: Int]] = [:]
        /// How often a carrier was handed a message.
        var attempts: [DispatchMethod: Int] = [:]
        /// Of those, how often it may have brought the same message before.
        var repeats: [DispatchMethod: Int] = [:]
        /// What carriers have told of their attempts, by its word.
        var outcomes: [DispatchMethod: [String: Int]] = [:]
        var acknowledgements = 0
        var changesOfMind = 0
        var declines = 0
        var withdrawals = 0
        var lateAnswers = 0
        var refusals: [String: Int] = [:]
        /// Broken rules of programs, and customers left out, by reason.
        var brokenLimits: [String: Int] = [:]
        var leftOut: [String: Int] = [:]
        var failedCommits = 0
        /// How often somebody met each of the limits.
        var excesses: [Excess: Int] = [:]
        /// Set from a transaction that failed until one succeeds: nothing can be changed.
        var readOnly: ReadOnly?
        /// From the taking of what waited to its being on the disk.
        var commitLatency = Histogram.machine
        var sendingLatency: [DispatchMethod: Histogram] = [:]
        var deliveryLatency: [DispatchMethod: Histogram] = [:]
        var acknowledgementLatency = Histogram.people
        /// From an acknowledgement's arrival here to its commit.
        var confirmationLatency = Histogram.machine
        /// From the arrival here of a request for an incident to its commit.
        var dispatchLag = Histogram.machine
        /// When each incident was announced: what its latencies count from.
        var announcements: [Incident.Number: Timestamp] = [:]
    }

    /// The database takes no transaction.
    struct ReadOnly: Sendable {
        var since: Timestamp
        /// Why the latest one failed.
        var reason: StoreError
    }

    private let clock: any NodeClock
    private let counts = NIOLockedValueBox(Counts())

    init(clock: any NodeClock) {
        self.clock = clock
    }

    var current: Counts { counts.withLockedValue { $0 } }

    /// Incidents that were there before this process.
    func begin(with incidents: [Incident]) {
        counts.withLockedValue { counts in
            for incident in incidents { counts.announcements[incident.number] = incident.announcedAt }
        }
    }

    /// To be called when the entries have just been committed.
    func committed(_ entries: [JournalEntry]) {
        guard let first = entries.first else { return }
        let now = clock.now()
        counts.withLockedValue { counts in
            counts.readOnly = nil
            counts.commitLatency.observe((now - first.at).seconds)
            for entry in entries { counts.add(entry) }
        }
    }

    /// To be called when what was submitted has just been committed.
    func committed(_ submissions: [Submission]) {
        let now = clock.uptime()
        counts.withLockedValue { counts in
            for submission in submissions {
                guard let arrivedAt = submission.arrivedAt else { continue }
                switch submission.input {
                case .acknowledged: counts.confirmationLatency.observe((now - arrivedAt).seconds)
                case .incidentRequested: counts.dispatchLag.observe((now - arrivedAt).seconds)
                default: break
                }
            }
        }
    }

    func commitFailed(_ error: StoreError) {
        let now = clock.now()
        counts.withLockedValue { counts in
            counts.failedCommits += 1
            counts.readOnly = ReadOnly(since: counts.readOnly?.since ?? now, reason: error)
        }
    }

    func exceeded(_ excess: Excess) {
        counts.withLockedValue { $0.excesses[excess, default: 0] += 1 }
    }
}

extension ServerMetrics.Counts {
    /// Of how many incidents it is known when they were announced; the oldest go first.
    private static let mostIncidents = 20_000

    fileprivate mutating func add(_ entry: JournalEntry) {
        inputs[entry.input.kind, default: 0] += 1
        if case .deliveriesReported(let reports) = entry.input {
            for report in reports {
                guard let method = report.key.method, method != .websocket else { continue }
                outcomes[method, default: [:]][report.outcome.word, default: 0] += 1
            }
        }
        for effect in entry.effects {
            switch effect {
            case .record(let change): add(change, at: entry.at)
            case .refused(let refusal), .answer(_, .refused(let refusal)):
                refusals[refusal.code.rawValue, default: 0] += 1
                for rule in refusal.limits?.rules ?? [] { brokenLimits[rule.rawValue, default: 0] += 1 }
            case .send(let outgoing): attempts[outgoing.method, default: 0] += 1
            case .answer, .emit, .observe, .enterRoom, .leave: break
            }
        }
    }

    private mutating func add(_ change: Change, at now: Timestamp) {
        switch change {
        case .incident(let incident):
            announcements[incident.number] = incident.announcedAt
            if announcements.count > Self.mostIncidents {
                announcements = announcements.filter { $0.key > incident.number - Self.mostIncidents / 2 }
            }
        case .dispatch(let dispatch, _):
            dispatches[dispatch.key.method, default: 0] += 1
        case .delivery(let key, _, let kind, let delivery):
            if let method = key.method, delivery.state == .sending, delivery.mayHaveArrived {
                repeats[method, default: 0] += 1
            }
            if kind == .dispatch { add(delivery, of: key, at: now) }
        case .acknowledgement(let acknowledgement):
            if acknowledgement.isWithdrawal { withdrawals += 1 } else if acknowledgement.optsOut { declines += 1 }
            guard acknowledgement.firstAt == nil else {
                changesOfMind += 1
                break
            }
            acknowledgements += 1
            if acknowledgement.isLate { lateAnswers += 1 }
            if let announced = announcements[acknowledgement.incident] {
                acknowledgementLatency.observe((acknowledgement.at - announced).seconds)
            }
        case .leftOut:
            leftOut["limit", default: 0] += 1
        case .purged:
            announcements = [:]
        case .roster: break
        }
    }

    /// A delivery counts once, when it has just been taken or has just failed for good; that it came through is measured besides.
    private mutating func add(_ delivery: Delivery, of key: DispatchKey, at now: Timestamp) {
        guard let method = key.method else { return }
        if delivery.state == .failed {
            deliveries[method, default: [:]][false, default: 0] += 1
        } else if delivery.state.hasBeenSent, delivery.sentAt == now {
            deliveries[method, default: [:]][true, default: 0] += 1
            if let announced = announcements[key.incident] {
                sendingLatency[method, default: .people].observe((now - announced).seconds)
            }
        }
        if delivery.state == .delivered, delivery.deliveredAt == now, let announced = announcements[key.incident] {
            deliveryLatency[method, default: .people].observe((now - announced).seconds)
        }
    }
}

extension Span {
    var seconds: Double { Double(microseconds) / 1_000_000 }
}

extension DeliveryReport.Outcome {
    fileprivate var word: String {
        switch self {
        case .sent: "accepted"
        case .delivered: "delivered"
        case .failedForNow: "refused_for_now"
        case .failedForGood: "refused_for_good"
        case .unknown: "unknown"
        }
    }
}
