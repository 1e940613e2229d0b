extension Dispatcher {
    /// Takes an acknowledgement: the first for a customer, an incident and its modification counts, whichever of the records it
    /// names, and answers for all of them. Later ones get the same answer and change nothing.
    mutating func acknowledge(
        _ request: AcknowledgementRequest,
        from session: SessionID,
        at now: Timestamp,
        into effects: inout [Effect]
    ) -> Answer {
        switch place(request, from: session) {
        case .failure(let refusal):
            if sessions[session] != nil {
                effects.append(.emit(.acknowledgementRefused(request, refusal), to: .session(session)))
            }
            return .refused(refusal)
        case .success(let location):
            return acknowledge(request, at: location, from: session, now: now, into: &effects)
        }
    }

    private mutating func acknowledge(
        _ request: AcknowledgementRequest,
        at location: RecordLocation,
        from session: SessionID,
        now: Timestamp,
        into effects: inout [Effect]
    ) -> Answer {
        let index = location.number - firstNumber
        let incident = books[index].incident
        let participant = books[index].participants[location.participant]
        let modification = request.modification ?? incident.modification
        if let first = participant.answer(to: modification) {
            let news = News.acknowledgement(dispatch: request.dispatch, first, incident: incident.id)
            effects.append(.emit(news, to: .session(session)))
            return .acknowledged(first)
        }
        let acknowledgement = Acknowledgement(
            incident: location.number,
            customer: participant.customer,
            modification: modification,
            at: now,
            by: request.by,
            statedTime: request.statedTime,
            optsOut: request.optsOut,
            isLate: isLate(incident, at: now)
        )
        // One of an older modification counts for that one only.
        effects.append(.record(.acknowledgement(acknowledgement)))
        if modification == incident.modification {
            books[index].participants[location.participant].acknowledgement = acknowledgement
            for record in participant.records { withdraw(record, of: index, kind: .dispatch, into: &effects) }
        } else {
            books[index].participants[location.participant].earlier.append(acknowledgement)
        }
        for record in participant.records {
            let news = News.acknowledgement(
                dispatch: books[index].records[record].dispatch.id,
                acknowledgement,
                incident: incident.id
            )
            effects.append(
                .emit(
                    news,
                    to: observerCount > 0
                        ? .customerAndObservers(participant.customer) : .customer(participant.customer)
                )
            )
        }
        return .acknowledged(acknowledgement)
    }

    /// Which record is meant, if the session is entitled to it: its own customer's, or any for an observer.
    private func place(
        _ request: AcknowledgementRequest,
        from session: SessionID
    ) -> Result<RecordLocation, Refusal> {
        guard let membership = sessions[session] else {
            return .failure(Refusal(.notConnected, "session \(session.number) is not connected"))
        }
        guard let location = locations[request.dispatch], let index = index(location.number) else {
            return .failure(Refusal(.unknownDispatch, "there is no dispatch \(request.dispatch)"))
        }
        if let customer = membership, customer != books[index].participants[location.participant].customer {
            return .failure(
                Refusal(.wrongCustomer, "dispatch \(request.dispatch) is not one of customer \(customer)")
            )
        }
        if let modification = request.modification, !(0...books[index].incident.modification).contains(modification) {
            return .failure(
                Refusal(.unknownModification, "dispatch \(request.dispatch) has no modification \(modification)")
            )
        }
        return .success(location)
    }

    private func isLate(_ incident: Incident, at now: Timestamp) -> Bool {
        if incident.isOver(at: now) { return true }
        guard let within = roster.program(incident.program)?.acknowledgeWithin else { return false }
        return now > incident.announcedAt + within
    }
}
