internal import Base
internal import DemandResponse
internal import Journal
internal import SocketIO

/// An incident at a server that runs elsewhere, at one moment: what its REST interface says of it and its dispatches.
struct TargetSnapshot {
    let incident: UniqueID
    let modification: Int
    private let correlation: UniqueID
    private let program: Program.ID
    private let groups: [String]
    private let eventType: String
    private let period: Incident.Period
    private let isTest: Bool
    private let closing: Closing.Kind?
    private let announcedAt: Timestamp
    private let records: [Record]
    private let answers: [Answer]

    fileprivate struct Record {
        let customer: Customer.ID
        let customerName: String
        let method: DispatchMethod?
        let programName: String
        let message: String
        let moreInfo: String
        let state: DeliveryState
    }

    fileprivate struct Answer {
        let customer: Customer.ID
        let dispatch: UniqueID
        let at: Timestamp
        let by: String
        let optsOut: Bool
        let isWithdrawal: Bool
        let isLate: Bool
        /// When the customer changed its mind, if it did; what it said before is not told.
        let changedAt: Timestamp?
    }

    /// - Parameters:
    ///   - body: of `GET /incident/:id`.
    ///   - participations: of `GET /incident/:id/customer`.
    ///   - dispatches: of `GET /dispatch?incident=:id`.
    ///   - time: what the record's clock says when the server's says an instant.
    init?(_ body: JSON, _ participations: [JSON], _ dispatches: [JSON], time: (Timestamp) -> Timestamp) {
        guard let incident = body["_id"]?.uniqueID, let correlation = body["correlationId"]?.uniqueID,
            let program = body["program_id"]?.integerValue, let start = body["startsAt"]?.timestamp
        else { return nil }
        self.incident = incident
        self.correlation = correlation
        self.program = Int(program)
        groups = body["group"]?.arrayValue?.compactMap(\.stringValue) ?? []
        modification = Int(body["modificationNumber"]?.integerValue ?? 0)
        eventType = body["event_type"]?.stringValue ?? ""
        isTest = body["test"]?.boolValue ?? false
        closing =
            body["status"]?.stringValue == "cancelled" ? .cancellation : body["recalledAt"] == nil ? nil : .recall
        period = Incident.Period(
            start: time(start),
            end: body["endsAt"]?.timestamp.map(time),
            startText: body["start_time"]?.stringValue,
            endText: body["end_time"]?.stringValue
        )
        var states: [UniqueID: DeliveryState] = [:]
        for record in participations.flatMap({ $0["records"]?.arrayValue ?? [] }) {
            guard let id = record["_id"]?.uniqueID else { return nil }
            states[id] = record["state"]?.stringValue.flatMap(DeliveryState.init)
        }
        announcedAt = participations.compactMap { $0["announcedAt"]?.timestamp }.max().map(time) ?? time(start)
        let answered = participations.filter { $0["acknowledgedAt"] != nil }
        answers = answered.compactMap { Answer($0, time) }
        records = dispatches.compactMap { Record($0, states) }
        guard answers.count == answered.count, records.count == dispatches.count else { return nil }
    }

    /// What the record of the run is to hold of it: the notice with its dispatches, then each answer, in order of time, and the
    /// cancellation or recall. The deliveries' way to their present state is not told by REST and is left out; nor is the end that
    /// was announced, once an incident is recalled.
    /// - Parameter closedAt: when the cancellation or recall was confirmed, if there was one.
    func entries(number: Incident.Number, closedAt: Timestamp?) -> [JournalEntry] {
        var noted = Incident(
            number: number,
            id: incident,
            correlation: correlation,
            program: program,
            groups: groups,
            eventType: eventType,
            period: period,
            isTest: isTest,
            modification: modification,
            createdAt: announcedAt,
            announcedAt: announcedAt,
            closing: nil
        )
        let request = IncidentRequest(
            id: incident,
            correlation: correlation,
            program: program,
            groups: groups,
            eventType: eventType,
            period: period,
            isTest: isTest
        )
        var effects: [Effect] = [.record(.incident(noted))]
        var positions: [Customer.ID: Int] = [:]
        for record in records {
            effects.append(.record(.dispatch(dispatch(record, number, &positions), record.state)))
        }
        var entries = [JournalEntry(input: .incidentRequested(request, nil), at: announcedAt, effects: effects)]
        let all = answers.flatMap { answer in ([answer.at] + [answer.changedAt].compactMap(\.self)).map { ($0, answer) }
        }
        for (at, answer) in all.sorted(by: { ($0.0, $0.1.customer) < ($1.0, $1.1.customer) }) {
            entries.append(entry(answer, at: at, number))
        }
        if let closing {
            // By this machine's clock, and so not before what the server's says.
            let at = max(announcedAt, closedAt ?? announcedAt)
            noted.closing = Closing(closing, at: at)
            let effects = [Effect.record(.incident(noted))]
            let input: Input
            switch closing {
            case .cancellation: input = .incidentCancelled(incident, nil)
            case .recall: input = .incidentRecalled(incident, nil)
            }
            entries.append(JournalEntry(input: input, at: at, effects: effects))
        }
        return entries
    }

    private func dispatch(_ record: Record, _ number: Incident.Number, _ positions: inout [Customer.ID: Int])
        -> Dispatch
    {
        let key = DispatchKey(incident: number, customer: record.customer, method: record.method)
        let position = positions[record.customer] ?? 0
        positions[record.customer] = position + 1
        return Dispatch(
            key: key,
            id: key.id(incident: incident),
            incident: incident,
            modification: modification,
            program: program,
            programName: record.programName,
            customerName: record.customerName,
            message: record.message,
            moreInfo: record.moreInfo,
            createdAt: announcedAt,
            announcedAt: announcedAt,
            position: position
        )
    }

    /// The first answer of a customer who changed its mind said the contrary of the one that counts.
    private func entry(_ answer: Answer, at instant: Timestamp, _ number: Incident.Number) -> JournalEntry {
        let isContradicted = answer.changedAt.map { instant < $0 } ?? false
        let optsOut = answer.optsOut != isContradicted
        let acknowledgement = Acknowledgement(
            incident: number,
            customer: answer.customer,
            modification: modification,
            at: instant,
            firstAt: instant == answer.changedAt ? answer.at : nil,
            by: answer.by,
            optsOut: optsOut,
            isWithdrawal: answer.isWithdrawal && !isContradicted,
            isLate: answer.isLate
        )
        let request = AcknowledgementRequest(dispatch: answer.dispatch, by: answer.by, optsOut: optsOut)
        return JournalEntry(
            input: .acknowledged(request, SessionID(0), nil),
            at: instant,
            effects: [.record(.acknowledgement(acknowledgement))]
        )
    }
}

extension TargetSnapshot.Record {
    /// A dispatch as `GET /dispatch` writes it; `nil` if it is not one.
    fileprivate init?(_ json: JSON, _ states: [UniqueID: DeliveryState]) {
        guard let id = json["_id"]?.uniqueID, let customer = json["customerId"]?.integerValue,
            let message = json["message"]?.stringValue
        else { return nil }
        self.customer = Int(customer)
        customerName = json["customerName"]?.stringValue ?? ""
        method = json["dispatchMeans"]?.stringValue.flatMap(DispatchMethod.init(name:))
        programName = json["programName"]?.stringValue ?? ""
        self.message = message
        moreInfo = json["moreInfo"]?.stringValue ?? ""
        state = states[id] ?? .pending
    }
}

extension TargetSnapshot.Answer {
    /// The answer of a participation as `GET /incident/:id/customer` writes it; `nil` if it has none.
    fileprivate init?(_ json: JSON, _ time: (Timestamp) -> Timestamp) {
        guard let customer = json["customerId"]?.integerValue, let at = json["acknowledgedAt"]?.timestamp,
            let dispatch = json["records"]?.arrayValue?.first?["_id"]?.uniqueID
        else { return nil }
        self.customer = Int(customer)
        self.dispatch = dispatch
        self.at = time(at)
        by = json["acknowledgebBy"]?.stringValue ?? ""
        isWithdrawal = json["state"]?.stringValue == "withdrawn"
        optsOut = isWithdrawal || json["state"]?.stringValue == "declined"
        isLate = json["late"]?.boolValue ?? false
        changedAt = json["changedAt"]?.timestamp.map(time)
    }
}

extension JSON {
    fileprivate var uniqueID: UniqueID? { stringValue.flatMap(UniqueID.init) }
    fileprivate var timestamp: Timestamp? { stringValue.flatMap { ZonedTime.timestamp($0, zone: "UTC") } }
}
