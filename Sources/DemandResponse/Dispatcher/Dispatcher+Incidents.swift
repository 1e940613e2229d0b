internal import Base

extension Dispatcher {
    mutating func open(_ request: IncidentRequest, at now: Timestamp, into effects: inout [Effect]) -> Answer {
        guard let program = roster.program(request.program) else {
            return .refused(Refusal(.unknownProgram, "there is no program \(request.program)"))
        }
        if let index = numbers[request.id].flatMap(index) {
            return .refused(books[index].refusal(of: request))
        }
        if let refusal = refusal(of: request.period) { return .refused(refusal) }
        let enrolled = enrolment[program.id] ?? []
        if let group = request.groups.first(where: { group in !enrolled.contains { $0.group == group } }) {
            return .refused(Refusal(.unknownGroup, "program \(program.id) has no customers of the group \(group)"))
        }
        var incident = Incident(
            number: nextNumber,
            id: request.id,
            correlation: request.correlation,
            program: program.id,
            groups: request.groups,
            eventType: request.eventType,
            period: request.period,
            isTest: request.isTest,
            createdAt: now
        )
        let called = incident.groups.isEmpty ? enrolled : enrolled.filter(incident.calls)
        var verdict = verdict(on: incident, of: program, called, at: now)
        incident.lifted = request.override.flatMap(verdict.lifted)
        if incident.lifted != nil { verdict = LimitVerdict() }
        guard verdict.broken.isEmpty else { return .refused(verdict.refusal(zone: program.timeZone)) }

        effects.append(.record(.incident(incident)))
        var book = IncidentBook(incident: incident)
        for customer in verdict.leftOut.keys.sorted() {
            let rules = verdict.leftOut[customer, default: []]
            effects.append(.record(.leftOut(LeftOut(incident: incident.number, customer: customer, rules: rules))))
        }
        let customers = verdict.leftOut.isEmpty ? called : called.filter { verdict.leftOut[$0.id] == nil }
        book.participants.reserveCapacity(customers.count)
        book.records.reserveCapacity(customers.count)
        effects.reserveCapacity(effects.count + 3 * customers.count)
        let words = Wording(program: program, incident: incident)
        for customer in customers {
            add(customer, to: &book, words: words, effects: &effects)
        }
        books.append(book)
        numbers[incident.id] = incident.number
        current.append(incident.number)
        scheduleEnd(of: incident)
        scheduleLongest(of: incident)
        return .incident(incident)
    }

    mutating func modify(_ change: IncidentChange, at now: Timestamp, into effects: inout [Effect]) -> Answer {
        guard let number = numbers[change.id], let index = index(number) else {
            return .refused(Refusal(.unknownIncident, "there is no incident \(change.id)"))
        }
        guard !books[index].isOver(at: now) else {
            return .refused(Refusal(.incidentOver, "incident \(change.id) is over: it can no longer be modified"))
        }
        let period = change.applied(to: books[index].incident.period)
        var changed = books[index].incident
        changed.period = period
        changed.eventType = change.eventType ?? changed.eventType
        // Nobody is called again, no answer is void and no rule is asked for a change that is none.
        if changed == books[index].incident { return .incident(changed) }
        if let refusal = refusal(of: period) ?? refusalOfEnd(of: period, at: now) { return .refused(refusal) }
        let verdict = verdict(on: changed, of: index, at: now)
        if verdict.isJudged { changed.lifted = nil }
        if !verdict.broken.isEmpty {
            guard let lifted = change.override.flatMap(verdict.lifted) else {
                let zone = roster.program(changed.program)?.timeZone ?? Program.defaultTimeZone
                return .refused(verdict.refusal(zone: zone))
            }
            changed.lifted = lifted
        }

        books[index].remember()
        books[index].incident = changed
        books[index].incident.modification += 1
        books[index].incident.announcedAt = now
        let incident = books[index].incident
        effects.append(.record(.incident(incident)))
        let words = wording(of: index)
        for participant in books[index].participants.indices {
            if let answer = books[index].participants[participant].acknowledgement {
                books[index].participants[participant].earlier.append(answer)
                books[index].participants[participant].acknowledgement = nil
            }
            for record in books[index].participants[participant].records {
                revise(record, of: index, words: words, effects: &effects)
            }
        }
        if observerCount > 0 { effects.append(.emit(.incident(incident), to: .observers)) }
        scheduleEnd(of: incident)
        scheduleLongest(of: incident)
        return .incident(incident)
    }

    /// Cancels or recalls an incident.
    mutating func close(
        _ id: UniqueID,
        _ kind: Closing.Kind,
        at now: Timestamp,
        into effects: inout [Effect]
    ) -> Answer {
        guard let number = numbers[id], let index = index(number) else {
            return .refused(Refusal(.unknownIncident, "there is no incident \(id)"))
        }
        guard !books[index].isOver(at: now) else {
            return .refused(Refusal(.incidentOver, "incident \(id) is over already"))
        }
        books[index].incident.closing = Closing(kind, at: now, isAfterNotice: books[index].noticeHasLeft)
        let incident = books[index].incident
        effects.append(.record(.incident(incident)))
        for participant in books[index].participants.indices {
            callOff(participant, of: index, news: kind.news, at: now, effects: &effects)
        }
        // One with an end has its timer already.
        if incident.period.end == nil { scheduleEnd(of: incident) }
        if observerCount > 0 { effects.append(.emit(.incident(incident), to: .observers)) }
        return .incident(incident)
    }

    /// What is still waiting is withdrawn; whoever may have been told of the dispatch is told that it is off.
    private mutating func callOff(
        _ participant: Int,
        of index: Int,
        news: Outgoing.Kind,
        at now: Timestamp,
        effects: inout [Effect]
    ) {
        let customer = books[index].participants[participant].customer
        for record in books[index].participants[participant].records {
            let mayHaveTaken = carrierMayHaveTaken(record, of: index)
            withdraw(record, of: index, kind: .dispatch, into: &effects)
            if mayHaveTaken, let method = books[index].records[record].dispatch.key.method {
                hand(record, of: index, kind: news, method: method, at: now, into: &effects)
            }
        }
        // Whoever is connected has been told of the dispatch, by its coming or at the joining, whatever the methods did.
        if sessionCounts[customer] != nil {
            effects.append(.emit(.incident(books[index].incident), to: .customer(customer)))
        }
    }

    /// Whether a carrier may have brought the customer the dispatch: this modification of it, or an older one.
    private func carrierMayHaveTaken(_ record: Int, of index: Int) -> Bool {
        guard let method = books[index].records[record].dispatch.key.method, method != .websocket else { return false }
        let delivery = books[index].records[record].delivery
        switch delivery.state {
        case .sending, .sent, .delivered: return true
        case .pending, .deferred, .failed, .withdrawn, .unreachable:
            return delivery.mayHaveArrived || books[index].incident.modification > 0
        }
    }

    private func refusal(of period: Incident.Period) -> Refusal? {
        guard let end = period.end, end <= period.start else { return nil }
        return Refusal(.invalidPeriod, "the end, \(end.iso8601), is not after the start, \(period.start.iso8601)")
    }

    /// One that is under way cannot be made to have ended; a new one may have, as in the first version.
    private func refusalOfEnd(of period: Incident.Period, at now: Timestamp) -> Refusal? {
        guard let end = period.end, period.hasEnded(at: now) else { return nil }
        return Refusal(.incidentOver, "the end, \(end.iso8601), has passed: it is \(now.iso8601)")
    }

    /// The words of an incident as it is now; a program that the roster no longer has goes by the name in its records.
    private func wording(of index: Int) -> Wording {
        let incident = books[index].incident
        let name = books[index].records.first?.dispatch.programName ?? ""
        let program = roster.program(incident.program) ?? Program(id: incident.program, name: name)
        return Wording(program: program, incident: incident)
    }

    mutating func scheduleEnd(of incident: Incident) {
        if let end = retries.lapse(of: incident) { schedule(Timer(at: end, what: .end(incident.number))) }
    }

    /// Whether nothing more is told of an incident, not even that it is cancelled or recalled.
    func hasLapsed(_ incident: Incident, at now: Timestamp) -> Bool {
        retries.lapse(of: incident).map { now >= $0 } ?? false
    }
}
