import DemandResponse

/// What a world accepts of the rules, effect by effect.
extension World {
    mutating func accept(_ effects: [Effect], of input: Input, _ request: RequestID?) {
        var answered = false
        if case .incidentsArchived(let numbers) = input {
            for number in numbers where base.incident(number).flatMap(retries.lapse).map({ $0 <= now }) ?? false {
                base.archived.insert(number)
            }
        }
        for effect in effects {
            switch effect {
            case .record(let change): accept(change, of: input)
            case .send(let message): accept(message)
            case .emit(let news, let audience): accept(news, audience)
            case .observe(let session): accept(observer: session)
            case .enterRoom(let session, let customer): accept(session, in: customer)
            case .leave(let session):
                if sessions.removeValue(forKey: session) == nil { complain("\(effect.notation), who is unknown") }
            case .answer(let asked, let answer):
                if asked != request { complain("an answer to another request") }
                keep(answer, for: asked)
                answered = true
                if case .refused = answer { accept(refusalWith: effects) }
            case .refused:
                if request != nil { complain("a refusal beside the answer") }
                accept(refusalWith: effects)
            }
        }
        if input.wantsAnswer, request != nil, !answered { complain("a request without an answer") }
        review(after: input)
    }

    private mutating func accept(observer session: SessionID) {
        if sessions[session] != nil { complain("session \(session.number) observes already") }
        sessions[session] = .some(nil)
    }

    private mutating func accept(_ session: SessionID, in customer: Customer.ID) {
        if sessions[session] == nil { complain("session \(session.number) is unknown and enters a room") }
        sessions[session] = customer
    }

    /// What is refused leaves no trace in the database.
    private mutating func accept(refusalWith effects: [Effect]) {
        for case .record(let change) in effects { complain("refused, and yet: keep \(change.notation)") }
    }

    private mutating func accept(_ message: Outgoing) {
        let label = "send \(message.method.name) \(message.dispatch.label) \(message.kind)"
        guard let row = base.rows[message.dispatch.key], let incident = base.incident(row.dispatch.key.incident) else {
            return complain("\(label), which is not committed")
        }
        if row.dispatch !== message.dispatch { complain("\(label), which is not what was committed") }
        if message.method == .websocket || message.method != row.dispatch.key.method {
            complain("\(label): wrong method")
        }
        if !base.reaches(row.dispatch.key.customer, by: message.method) {
            complain("\(label), whom the roster no longer has")
        }
        switch message.kind {
        case .dispatch:
            if row.delivery.state != .sending || row.delivery.attempts != message.attempt {
                complain("\(label), while it is \(row.delivery.state) (\(row.delivery.attempts))")
            }
            if !base.isOpen(incident.number, row.dispatch.key.customer, at: now) {
                complain("\(label), which nobody waits for any more")
            }
        case .cancellation, .allClear:
            if row.closing?.state != .sending { complain("\(label), while it is \(row.closing as Any)") }
            if incident.closing?.kind.news != message.kind { complain("\(label) of what is not off") }
            if incident.period.hasEnded(at: now), !incident.isBelated { complain("\(label) after the end") }
        }
        posted.append(message)
    }

    private mutating func accept(_ news: News, _ audience: Audience) {
        let listeners = listeners(audience)
        if listeners.isEmpty { complain("tell \(audience.notation), where nobody is: \(news.notation)") }
        switch news {
        case .dispatch(let dispatch, _, _, _):
            if base.rows[dispatch.key]?.dispatch !== dispatch { complain("\(news.notation) is not what was committed") }
            if !base.isOpen(dispatch.key.incident, dispatch.key.customer, at: now) {
                complain("\(news.notation), which nobody waits for any more")
            }
        case .acknowledgement(_, let told, _):
            let key = Database.AcknowledgementKey(
                incident: told.incident,
                customer: told.customer,
                modification: told.modification
            )
            if base.acknowledgements[key] != told { complain("\(news.notation), which is not what was committed") }
        case .acknowledgementRefused: break
        case .incident(let incident):
            if base.incident(incident.number) != incident { complain("\(news.notation), which is not committed") }
        }
        for listener in listeners { heard[listener, default: []].append(news) }
    }

    private func listeners(_ audience: Audience) -> [SessionID] {
        sessions.filter { session, customer in
            switch audience {
            case .customerAndObservers(let wanted): customer == wanted || customer == nil
            case .customer(let wanted): customer == wanted
            case .observers: customer == nil
            case .session(let wanted): session == wanted
            }
        }.keys.sorted()
    }
}

extension Input {
    var wantsAnswer: Bool {
        switch self {
        case .started, .sessionConnected, .sessionClosed, .deliveriesReported, .deadlineReached, .incidentsArchived,
            .clockSet, .accessDenied, .tokenCreated, .tokenRevoked:
            false
        case .rosterReplaced, .incidentRequested, .incidentChanged, .incidentCancelled, .incidentRecalled,
            .sessionJoined,
            .acknowledged, .purged:
            true
        }
    }
}
