import DemandResponse

/// What a database accepts of the rules, row by row.
extension World {
    mutating func accept(_ change: Change, of input: Input) {
        switch change {
        case .roster(let roster): base.roster = roster
        case .incident(let incident): accept(incident)
        case .dispatch(let dispatch, let state): accept(dispatch, state)
        case .delivery(let key, let modification, let kind, let delivery):
            accept(delivery, of: key, modification: modification, kind, isStart: input.isStart, change.notation)
        case .acknowledgement(let acknowledgement): accept(acknowledgement)
        case .leftOut(let leftOut): base.leftOut.append(leftOut)
        case .purged(let all):
            base = Database(roster: all ? Roster() : base.roster, nextNumber: base.nextNumber)
        }
    }

    private mutating func accept(_ incident: Incident) {
        guard let index = base.incidents.firstIndex(where: { $0.number == incident.number }) else {
            if incident.number != base.nextNumber || incident.modification != 0 || incident.closing != nil {
                complain("\(incident.notation) is the first of it; the next number is \(base.nextNumber)")
            }
            if base.number(of: incident.id) != nil { complain("\(incident.notation) has another's id") }
            base.nextNumber = incident.number + 1
            base.incidents.append(incident)
            return
        }
        let old = base.incidents[index]
        let isClosing = incident.closing != nil && incident.modification == old.modification
        let isChange = incident.closing == nil && incident.modification == old.modification + 1
        if old.isOver(at: now) || !(isClosing || isChange) || incident.createdAt != old.createdAt {
            complain("\(old.notation) becomes \(incident.notation)")
        }
        if isChange {
            var past = base.pasts[incident.number] ?? IncidentPast(request: IncidentRequest(old), announcements: [])
            past.announcements.append(old.announcedAt)
            base.pasts[incident.number] = past
        }
        base.incidents[index] = incident
    }

    private mutating func accept(_ dispatch: Dispatch, _ state: DeliveryState) {
        let label = "\(dispatch.label) \(state)"
        guard let incident = base.incident(dispatch.key.incident) else { return complain("\(label) without incident") }
        if incident.isOver(at: now), !incident.isBelated { complain("\(label) of what is over") }
        if dispatch.modification != incident.modification { complain("\(label), the incident is \(incident.notation)") }
        if dispatch.id != dispatch.key.id(incident: incident.id) { complain("\(label) has another's id") }
        switch (dispatch.key.method, state) {
        case (nil, .unreachable), (.websocket?, .pending), (.some, .sending): break
        case (let method?, .unreachable) where base.lacksAddress(dispatch.key.customer, for: method): break
        // Modified after the roster had lost the customer.
        case (let method?, .withdrawn) where method != .websocket && !base.reaches(dispatch.key.customer, by: method):
            break
        default: complain("\(label) is no beginning")
        }
        if let old = base.rows[dispatch.key]?.dispatch {
            if dispatch.modification != old.modification + 1 { complain("\(label) was there as \(old.label)") }
            if dispatch.createdAt != old.createdAt { complain("\(label) is created anew") }
        } else {
            if dispatch.modification != 0 { complain("\(label) was never opened") }
            base.order.append(dispatch.key)
        }
        let delivery = Delivery(state: state, attempts: state == .sending ? 1 : 0)
        base.rows[dispatch.key] = Database.Row(dispatch: dispatch, delivery: delivery)
    }

    private mutating func accept(
        _ delivery: Delivery,
        of key: DispatchKey,
        modification: Int,
        _ kind: Outgoing.Kind,
        isStart: Bool,
        _ label: String
    ) {
        guard let row = base.rows[key], row.dispatch.modification == modification else {
            return complain("\(label), which is unknown")
        }
        let old = kind == .dispatch ? row.delivery : row.closing
        if let old {
            // Only a process that starts hands out again what it knows no report of.
            let isHandedAgain = isStart && old.state == .sending && delivery.state == .sending
            if !isHandedAgain, !old.state.mayBecome(delivery.state) { complain("\(label), it was \(old.state)") }
        } else if delivery.state != .sending {
            complain("\(label) is no beginning")
        }
        let attempts = (old?.attempts ?? 0) + (delivery.state == .sending ? 1 : 0)
        if delivery.attempts != attempts { complain("\(label), attempts were \(old?.attempts ?? 0)") }
        switch kind {
        case .dispatch: base.rows[key]?.delivery = delivery
        case .cancellation, .allClear: base.rows[key]?.closing = delivery
        }
    }

    private mutating func accept(_ acknowledgement: Acknowledgement) {
        let key = Database.AcknowledgementKey(
            incident: acknowledgement.incident,
            customer: acknowledgement.customer,
            modification: acknowledgement.modification
        )
        guard let incident = base.incident(acknowledgement.incident) else {
            return complain("\(acknowledgement.notation) of an unknown incident")
        }
        if acknowledgement.modification > incident.modification { complain("\(acknowledgement.notation): not yet") }
        if acknowledgement.at != now { complain("\(acknowledgement.notation): not now") }
        if let old = base.acknowledgements.updateValue(acknowledgement, forKey: key) {
            if old.optsOut == acknowledgement.optsOut { complain("\(acknowledgement.notation): a second row") }
            if acknowledgement.answeredAt != old.answeredAt || acknowledgement.isLate != old.isLate {
                complain("\(acknowledgement.notation): the first answer is another")
            }
            return
        }
        if acknowledgement.firstAt != nil { complain("\(acknowledgement.notation): nothing was before it") }
        base.acknowledgementOrder.append(key)
    }
}

extension Input {
    var isStart: Bool {
        if case .started = self { true } else { false }
    }
}
