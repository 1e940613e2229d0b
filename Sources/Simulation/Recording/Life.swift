internal import Base
internal import DemandResponse
internal import Journal

/// What a journal says of the world around the dispatcher, held together by incident and by customer.
struct Life {
    struct Step {
        /// What came of an operator's request.
        enum Outcome: Equatable {
            case incident(Incident.Number)
            case refused(Refusal.Code?, [LimitRule])
        }

        enum Action {
            case request(IncidentRequest)
            case change(IncidentChange)
            case closing(Closing.Kind, UniqueID)
        }

        var at: Timestamp
        var action: Action
        var outcome: Outcome

        var incident: UniqueID {
            switch action {
            case .request(let request): request.id
            case .change(let change): change.id
            case .closing(_, let id): id
            }
        }
    }

    /// In the order in which they were asked for.
    private(set) var incidents: [IncidentLife] = []
    private(set) var steps: [Step] = []
    private(set) var customers: [Customer.ID: CustomerLife] = [:]
    /// In the order in which they were first handed out.
    private(set) var messages: [MessageLife] = []
    private(set) var rosters: [Roster] = []
    /// Requests of clients that were refused.
    private(set) var clientRefusals = 0
    /// How often the server started again after the first incident.
    private(set) var restarts = 0
    private var positions: [Incident.Number: Int] = [:]
    private var messagePositions: [MessageLife.Key: Int] = [:]
    private var sessions: [SessionID: Customer.ID] = [:]
    private var clock = LifeClock()

    /// An input, and what came of it.
    mutating func take(_ step: JournalStep) throws(JournalDamage) {
        let now = step.at
        switch step.input {
        case .started:
            if !incidents.isEmpty { restarts += 1 }
            // No session of the process before is left.
            for customer in sessions.values.sorted() { leave(customer, at: now) }
            sessions = [:]
        case .rosterReplaced(let roster, _): rosters.append(roster)
        case .deliveriesReported(let reports):
            for report in reports { reported(report, at: now) }
        default: break
        }
        for row in step.effects {
            switch try JournalFact(row, sequence: step.sequence).content {
            case .entered(let session, let customer): joined(session, customer, at: now)
            case .left(let session):
                if let customer = sessions.removeValue(forKey: session) { leave(customer, at: now) }
            case .send(let dispatch, let modification, let kind, let attempt, _, _):
                let key = MessageLife.Key(dispatch: dispatch, modification: modification, kind: kind)
                messages[position(of: key)].handedOut(attempt, at: max(now, clock.lastRequest))
            case .incident(let number, _, _, _): settled(step.input, .incident(number), at: now)
            case .acknowledgement(let incident, let customer, let modification, _, _):
                guard case .acknowledged(let answer, _, _) = step.input else { continue }
                customers[customer, default: CustomerLife()].replied(
                    CustomerLife.Reply(
                        incident: incident,
                        modification: modification,
                        at: clock.deed(of: customer, at: now),
                        by: answer.by,
                        optsOut: answer.optsOut
                    )
                )
            case .refusal(let code, let limits):
                if !settled(step.input, .refused(code, limits), at: now) { clientRefusals += 1 }
            case .purge: forget()
            case .input, .dispatch, .delivery, .leftOut, .emit, .resync, .news, .observed, .other: break
            }
        }
    }

    /// - Returns: whether it was an operator's request.
    @discardableResult
    private mutating func settled(_ input: Input, _ outcome: Step.Outcome, at now: Timestamp) -> Bool {
        switch input {
        case .incidentRequested(let request, _): opened(request, outcome, at: now)
        case .incidentChanged(let change, _): changed(change, outcome, at: now)
        case .incidentCancelled(let id, _): closed(id, .cancellation, outcome, at: now)
        case .incidentRecalled(let id, _): closed(id, .recall, outcome, at: now)
        default: return false
        }
        return true
    }

    func incident(_ number: Incident.Number) -> IncidentLife? { positions[number].map { incidents[$0] } }

    func customer(_ id: Customer.ID) -> CustomerLife { customers[id] ?? CustomerLife() }

    @discardableResult
    private mutating func step(
        _ action: Step.Action,
        _ outcome: Step.Outcome,
        at instant: Timestamp
    ) -> Timestamp {
        let at = clock.request(at: instant)
        steps.append(Step(at: at, action: action, outcome: outcome))
        return at
    }

    private mutating func opened(_ request: IncidentRequest, _ outcome: Step.Outcome, at instant: Timestamp) {
        let at = step(.request(request), outcome, at: instant)
        guard case .incident(let number) = outcome else { return }
        positions[number] = incidents.count
        incidents.append(IncidentLife(number: number, request: request, at: at, roster: rosters.count - 1))
    }

    private mutating func changed(_ change: IncidentChange, _ outcome: Step.Outcome, at instant: Timestamp) {
        let at = step(.change(change), outcome, at: instant)
        guard case .incident(let number) = outcome, let position = positions[number] else { return }
        incidents[position].change(change, at: at)
    }

    private mutating func closed(
        _ id: UniqueID,
        _ kind: Closing.Kind,
        _ outcome: Step.Outcome,
        at instant: Timestamp
    ) {
        let at = step(.closing(kind, id), outcome, at: instant)
        guard case .incident(let number) = outcome, let position = positions[number] else { return }
        incidents[position].closing = Closing(kind, at: at)
    }

    private mutating func joined(_ session: SessionID, _ customer: Customer.ID, at instant: Timestamp) {
        guard sessions[session] != customer else { return }
        if let before = sessions.updateValue(customer, forKey: session) { leave(before, at: instant) }
        customers[customer, default: CustomerLife()].joined(at: clock.deed(of: customer, at: instant))
    }

    private mutating func leave(_ customer: Customer.ID, at instant: Timestamp) {
        customers[customer]?.left(at: clock.deed(of: customer, at: instant))
    }

    private mutating func reported(_ report: DeliveryReport, at instant: Timestamp) {
        let customer = report.key.customer
        guard report.key.method == .websocket else {
            let key = MessageLife.Key(dispatch: report.key, modification: report.modification, kind: report.kind)
            guard let position = messagePositions[key] else { return }
            return messages[position].reported(report, at: clock.deed(of: customer, at: instant))
        }
        guard case .failedForNow = report.outcome,
            let announced = incident(report.key.incident)?.announcement(of: report.modification)
        else { return }
        customers[customer]?.wasGone(at: announced)
    }

    private mutating func position(of key: MessageLife.Key) -> Int {
        if let position = messagePositions[key] { return position }
        messagePositions[key] = messages.count
        messages.append(MessageLife(key))
        return messages.count - 1
    }

    private mutating func forget() {
        incidents = []
        steps = []
        messages = []
        positions = [:]
        messagePositions = [:]
        clientRefusals = 0
        for customer in customers.keys.sorted() { customers[customer]?.forgetReplies() }
    }
}

/// An incident, with what it was changed to and when.
struct IncidentLife {
    let number: Incident.Number
    let request: IncidentRequest
    /// The position of the roster of which its customers are; -1: the journal does not say which.
    let roster: Int
    /// Of each modification, from 0: when it was committed, and the period from then on.
    private(set) var announcements: [(at: Timestamp, period: Incident.Period)]
    var closing: Closing?

    init(number: Incident.Number, request: IncidentRequest, at instant: Timestamp, roster: Int) {
        self.number = number
        self.request = request
        self.roster = roster
        announcements = [(instant, request.period)]
    }

    var createdAt: Timestamp { announcements[0].at }
    var isModified: Bool { announcements.count > 1 }
    var period: Incident.Period { announcements[announcements.count - 1].period }

    mutating func change(_ change: IncidentChange, at instant: Timestamp) {
        announcements.append((instant, change.applied(to: period)))
    }

    func announcement(of modification: Int) -> Timestamp? {
        announcements.indices.contains(modification) ? announcements[modification].at : nil
    }

    /// Until when a session that joins is told of a modification.
    func closing(of modification: Int) -> Timestamp {
        let next = announcement(of: modification + 1)
        let announced = announcements.indices.contains(modification) ? announcements[modification] : nil
        let end = announced?.period.end.flatMap { $0 > announced?.at ?? $0 ? $0 : nil }
        return [next, end, closing?.at].compactMap(\.self).min() ?? Timestamp(microseconds: .max)
    }

    /// As the rules know it after a modification.
    func incident(after modification: Int) -> Incident {
        Incident(
            number: number,
            id: request.id,
            correlation: request.correlation,
            program: request.program,
            groups: request.groups,
            eventType: request.eventType,
            period: announcements.indices.contains(modification) ? announcements[modification].period : period,
            modification: modification,
            createdAt: createdAt,
            announcedAt: announcement(of: modification),
            closing: closing
        )
    }
}
