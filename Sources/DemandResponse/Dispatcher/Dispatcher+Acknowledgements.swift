internal import Base

extension Dispatcher {
    /// Takes an acknowledgement: it answers for all records of a customer and an incident's modification, whichever of them it
    /// names. A later one that says the same gets the same answer and changes nothing; one that contradicts counts from then on.
    mutating func acknowledge(
        _ request: AcknowledgementRequest,
        from session: SessionID,
        at now: Timestamp,
        into effects: inout [Effect]
    ) -> Answer {
        switch place(request, from: session) {
        case .failure(let refusal):
            return refuse(request, refusal, from: session, into: &effects)
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
        let standing = participant.answer(to: modification)
        if let standing, standing.optsOut == request.optsOut {
            let news = News.acknowledgement(dispatch: request.dispatch, standing, incident: incident.id)
            effects.append(.emit(news, to: .session(session)))
            return .acknowledged(standing)
        }
        if let refusal = refusal(of: session, participant, modification, of: index) {
            return refuse(request, refusal, from: session, into: &effects)
        }
        let acknowledgement = Acknowledgement(
            incident: location.number,
            customer: participant.customer,
            modification: modification,
            at: now,
            firstAt: standing?.answeredAt,
            by: request.by,
            statedTime: request.statedTime,
            optsOut: request.optsOut,
            isWithdrawal: standing != nil && request.optsOut && now >= incident.period.start,
            isLate: standing?.isLate ?? isLate(modification, of: index, at: now)
        )
        // One of an older modification counts for that one only.
        effects.append(.record(.acknowledgement(acknowledgement)))
        books[index].keep(acknowledgement, of: location.participant)
        if modification == incident.modification {
            for record in participant.records { withdraw(record, of: index, kind: .dispatch, into: &effects) }
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
            let orArchived =
                books.contains(where: \.isArchived) ? ", or its incident was over too long ago and is archived" : ""
            return .failure(Refusal(.unknownDispatch, "there is no dispatch \(request.dispatch)\(orArchived)"))
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

    /// A customer's own session cannot answer what was never handed out to it: the incident was over before anybody could be
    /// told. An observer may answer for a customer at any time; an operator learns of a dispatch elsewhere, as by REST. Nor is
    /// it known who was told of a dispatch that no method carries.
    private func refusal(
        of session: SessionID,
        _ participant: Participant,
        _ modification: Int,
        of index: Int
    ) -> Refusal? {
        let incident = books[index].incident
        guard let membership = sessions[session], membership != nil, modification == incident.modification,
            participant.records.allSatisfy({ record in
                let record = books[index].records[record]
                return record.dispatch.key.method != nil && record.delivery.attempts == 0
            })
        else { return nil }
        return Refusal(
            .neverSent,
            "incident \(incident.id), modification \(modification), was never sent to customer \(participant.customer)"
        )
    }

    private func refuse(
        _ request: AcknowledgementRequest,
        _ refusal: Refusal,
        from session: SessionID,
        into effects: inout [Effect]
    ) -> Answer {
        if sessions[session] != nil {
            effects.append(.emit(.acknowledgementRefused(request, refusal), to: .session(session)))
        }
        return .refused(refusal)
    }

    /// After the incident, unless that was over when it was announced, or after the program's deadline for the modification that is answered.
    private func isLate(_ modification: Int, of index: Int, at now: Timestamp) -> Bool {
        let incident = books[index].incident
        if incident.isOver(at: now), !incident.isBelated { return true }
        guard let within = roster.program(incident.program)?.acknowledgeWithin else { return false }
        return now > books[index].announcement(of: modification) + within
    }
}
