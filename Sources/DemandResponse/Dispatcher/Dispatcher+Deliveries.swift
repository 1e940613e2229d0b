internal import Base

extension Dispatcher {
    /// Applies what a method says of an attempt. A report of an attempt that is no longer the present one changes nothing.
    mutating func apply(_ report: DeliveryReport, at now: Timestamp, into effects: inout [Effect]) {
        guard report.attempt > 0, let index = index(report.key.incident), let record = books[index].record(report.key),
            report.modification == books[index].records[record].dispatch.modification,
            var delivery = delivery(record, of: index, kind: report.kind), delivery.attempts == report.attempt
        else { return }
        let incident = books[index].incident
        let policy = retries.adjusted(by: roster.program(incident.program)?.retries)
        let next = policy.nextAttempt(after: delivery.attempts, at: now, of: incident)
        let state = state(after: report, of: index, next: next, at: now)
        guard delivery.state.mayBecome(state) else { return }
        delivery.state = state
        if state.hasBeenSent { delivery.sentAt = delivery.sentAt ?? now }
        if state == .delivered { delivery.deliveredAt = now }
        switch report.outcome {
        case .failedForNow(let reason), .failedForGood(let reason): delivery.reason = reason
        case .unknown(let reason):
            delivery.reason = reason
            delivery.mayHaveArrived = true
        case .sent, .delivered: delivery.reason = nil
        }
        set(delivery, record, of: index, kind: report.kind, into: &effects)
        if state == .deferred, let next {
            let what = Timer.What.retry(
                report.key,
                modification: report.modification,
                report.kind,
                after: delivery.attempts
            )
            schedule(Timer(at: next, what: what))
        }
    }

    private func state(
        after report: DeliveryReport,
        of index: Int,
        next: Timestamp?,
        at now: Timestamp
    ) -> DeliveryState {
        switch report.outcome {
        case .sent: return .sent
        case .delivered: return .delivered
        case .failedForGood: return .failed
        case .failedForNow, .unknown:
            guard isWanted(report.kind, by: report.key.customer, of: index, at: now) else { return .withdrawn }
            if report.key.method == .websocket { return .pending }
            return next == nil ? .failed : .deferred
        }
    }

    /// Whether a message may still go out: a dispatch while it waits for an answer, the news of a cancellation or recall until the
    /// end that was announced.
    func isWanted(_ kind: Outgoing.Kind, by customer: Customer.ID, of index: Int, at now: Timestamp) -> Bool {
        switch kind {
        case .dispatch: isOpen(customer, of: index, at: now)
        case .cancellation, .allClear: !hasLapsed(books[index].incident, at: now)
        }
    }

    /// Whether a customer's dispatch still waits for an answer.
    private func isOpen(_ customer: Customer.ID, of index: Int, at now: Timestamp) -> Bool {
        let incident = books[index].incident
        let isOver = incident.isBelated ? hasLapsed(incident, at: now) : incident.isOver(at: now)
        guard !isOver, let participant = books[index].participant(customer) else {
            return false
        }
        return books[index].participants[participant].acknowledgement == nil
    }

    /// A retry that has fallen due goes out, if nothing has overtaken it: late timers may run after the end.
    mutating func retry(
        _ key: DispatchKey,
        modification: Int,
        _ kind: Outgoing.Kind,
        after attempts: Int,
        at now: Timestamp,
        into effects: inout [Effect]
    ) {
        guard let index = index(key.incident), let record = books[index].record(key), let method = key.method,
            books[index].records[record].dispatch.modification == modification,
            let delivery = delivery(record, of: index, kind: kind), delivery.attempts == attempts,
            delivery.state == .deferred
        else { return }
        if isWanted(kind, by: key.customer, of: index, at: now) {
            hand(record, of: index, kind: kind, method: method, at: now, into: &effects)
        } else {
            withdraw(record, of: index, kind: kind, into: &effects)
        }
    }

    /// Hands a message to a carrier, for the first time or again; whom the roster no longer has is sent nothing more.
    mutating func hand(
        _ record: Int,
        of index: Int,
        kind: Outgoing.Kind,
        method: DispatchMethod,
        at now: Timestamp,
        into effects: inout [Effect]
    ) {
        let before = delivery(record, of: index, kind: kind)
        var delivery = before ?? Delivery()
        let dispatch = books[index].records[record].dispatch
        guard let message = message(dispatch, kind: kind, method: method, attempt: delivery.attempts + 1) else {
            guard before != nil else { return }
            delivery.state = .withdrawn
            set(delivery, record, of: index, kind: kind, into: &effects)
            return
        }
        delivery.state = .sending
        delivery.attempts += 1
        set(delivery, record, of: index, kind: kind, into: &effects)
        send(message, at: now, into: &effects)
    }

    /// What waits is withdrawn; what was handed out is if its report says that it failed, or if no report counts any more.
    mutating func withdraw(
        _ record: Int,
        of index: Int,
        kind: Outgoing.Kind,
        evenIfSending: Bool = false,
        into effects: inout [Effect]
    ) {
        guard var delivery = delivery(record, of: index, kind: kind), delivery.state.mayBecome(.withdrawn),
            evenIfSending || delivery.state != .sending
        else { return }
        delivery.state = .withdrawn
        set(delivery, record, of: index, kind: kind, into: &effects)
    }

    func delivery(_ record: Int, of index: Int, kind: Outgoing.Kind) -> Delivery? {
        switch kind {
        case .dispatch: books[index].records[record].delivery
        case .cancellation, .allClear:
            books[index].incident.closing?.kind.news == kind ? books[index].closings[record] : nil
        }
    }

    /// Without a word to anybody: for what is told along with the next change.
    mutating func keep(_ delivery: Delivery, _ record: Int, of index: Int, kind: Outgoing.Kind) {
        switch kind {
        case .dispatch: books[index].records[record].delivery = delivery
        case .cancellation, .allClear: books[index].closings[record] = delivery
        }
    }

    mutating func set(
        _ delivery: Delivery,
        _ record: Int,
        of index: Int,
        kind: Outgoing.Kind,
        into effects: inout [Effect]
    ) {
        keep(delivery, record, of: index, kind: kind)
        let dispatch = books[index].records[record].dispatch
        effects.append(
            .record(.delivery(dispatch.key, modification: dispatch.modification, kind, delivery))
        )
    }
}
