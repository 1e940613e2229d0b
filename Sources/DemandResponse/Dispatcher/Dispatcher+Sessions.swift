internal import Base

extension Dispatcher {
    mutating func connect(_ session: SessionID, into effects: inout [Effect]) {
        guard sessions[session] == nil else { return }
        sessions[session] = .some(nil)
        observerCount += 1
        effects.append(.observe(session))
    }

    mutating func close(_ session: SessionID, into effects: inout [Effect]) {
        guard let membership = sessions.removeValue(forKey: session) else { return }
        leave(membership)
        effects.append(.leave(session))
    }

    /// A session says whose it is: it is told every dispatch of that customer that is still open.
    mutating func join(
        _ session: SessionID,
        to customer: Customer.ID,
        at now: Timestamp,
        into effects: inout [Effect]
    ) -> Answer {
        guard let membership = sessions[session] else {
            return .refused(Refusal(.notConnected, "session \(session.number) is not connected"))
        }
        guard roster.customer(customer) != nil else {
            return .refused(Refusal(.unknownCustomer, "there is no customer \(customer)"))
        }
        if membership != customer {
            leave(membership)
            sessions[session] = customer
            sessionCounts[customer, default: 0] += 1
        }
        effects.append(.enterRoom(session, customer))
        var open = 0
        for number in current {
            open += resync(session, customer, with: number, at: now, into: &effects)
        }
        return .joined(customer, openDispatches: open)
    }

    private mutating func leave(_ membership: Customer.ID?) {
        guard let customer = membership else {
            observerCount -= 1
            return
        }
        let count = (sessionCounts[customer] ?? 1) - 1
        sessionCounts[customer] = count > 0 ? count : nil
    }

    /// Tells a session what one incident wants of its customer, or that it was cancelled or recalled, if the customer may know of it.
    /// - Returns: how many dispatches are open.
    private mutating func resync(
        _ session: SessionID,
        _ customer: Customer.ID,
        with number: Incident.Number,
        at now: Timestamp,
        into effects: inout [Effect]
    ) -> Int {
        guard let index = index(number), let position = books[index].participant(customer),
            !hasLapsed(books[index].incident, at: now)
        else { return 0 }
        let participant = books[index].participants[position]
        if books[index].incident.closing != nil {
            let mayKnow =
                books[index].incident.modification > 0
                || participant.records.contains { books[index].records[$0].delivery.attempts > 0 }
            if mayKnow {
                effects.append(.emit(.incident(books[index].incident), to: .session(session)))
            }
            return 0
        }
        guard participant.acknowledgement == nil else { return 0 }
        for record in participant.records {
            let dispatch = books[index].records[record].dispatch
            var delivery = books[index].records[record].delivery
            let isFirst = delivery.state == .pending
            if dispatch.key.method == .websocket, isFirst {
                delivery.state = .sending
                delivery.attempts += 1
                set(delivery, record, of: index, kind: .dispatch, into: &effects)
            }
            let hasBeenSent = dispatch.key.method == .websocket || delivery.state.hasBeenSent
            effects.append(
                .emit(
                    .dispatch(dispatch, attempt: delivery.attempts, hasBeenSent: hasBeenSent, isResync: !isFirst),
                    to: .session(session)
                )
            )
        }
        return participant.records.count
    }
}
