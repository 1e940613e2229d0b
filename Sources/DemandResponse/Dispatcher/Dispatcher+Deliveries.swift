extension Dispatcher {
    /// Applies what a method says of an attempt. A report of an attempt that is no longer the present one changes nothing.
    mutating func apply(_ report: DeliveryReport, at now: Timestamp, into effects: inout [Effect]) {
        guard let index = index(report.key.incident), let record = books[index].record(report.key),
            report.modification == books[index].records[record].dispatch.modification,
            var delivery = delivery(record, of: index, kind: report.kind), delivery.attempts == report.attempt
        else { return }
        let state = state(after: report, delivery, record: record, of: index, at: now)
        guard delivery.state.mayBecome(state) else { return }
        delivery.state = state
        if state.hasBeenSent { delivery.sentAt = delivery.sentAt ?? now }
        if state == .delivered { delivery.deliveredAt = now }
        switch report.outcome {
        case .failedForNow(let reason), .failedForGood(let reason): delivery.reason = reason
        case .sent, .delivered: delivery.reason = nil
        }
        set(delivery, record, of: index, kind: report.kind, into: &effects)
    }

    private mutating func state(
        after report: DeliveryReport,
        _ delivery: Delivery,
        record: Int,
        of index: Int,
        at now: Timestamp
    ) -> DeliveryState {
        switch report.outcome {
        case .sent: return .sent
        case .delivered: return .delivered
        case .failedForGood: return .failed
        case .failedForNow where report.key.method == .websocket:
            return isOpen(report.key.customer, of: index, at: now) ? .pending : .withdrawn
        case .failedForNow:
            let incident = books[index].incident
            let isWanted = report.kind == .cancellation || isOpen(report.key.customer, of: index, at: now)
            guard isWanted else { return .withdrawn }
            guard let next = retries.nextAttempt(after: delivery.attempts, at: now, of: incident) else {
                return .failed
            }
            schedule(
                Timer(
                    at: next,
                    what: .retry(report.key, modification: report.modification, report.kind, after: delivery.attempts)
                )
            )
            return .deferred
        }
    }

    /// Whether a customer's dispatch still waits for an answer.
    private func isOpen(_ customer: Customer.ID, of index: Int, at now: Timestamp) -> Bool {
        guard !books[index].incident.isOver(at: now), let participant = books[index].participant(customer) else {
            return false
        }
        return books[index].participants[participant].acknowledgement == nil
    }

    /// A retry that has fallen due goes out, if nothing has overtaken it.
    mutating func retry(
        _ key: DispatchKey,
        modification: Int,
        _ kind: Outgoing.Kind,
        after attempts: Int,
        into effects: inout [Effect]
    ) {
        guard let index = index(key.incident), let record = books[index].record(key), let method = key.method,
            books[index].records[record].dispatch.modification == modification,
            let delivery = delivery(record, of: index, kind: kind), delivery.attempts == attempts,
            delivery.state == .deferred
        else { return }
        hand(record, of: index, kind: kind, method: method, into: &effects)
    }

    /// Hands a message to a carrier, for the first time or again.
    mutating func hand(
        _ record: Int,
        of index: Int,
        kind: Outgoing.Kind,
        method: DispatchMethod,
        into effects: inout [Effect]
    ) {
        var delivery = delivery(record, of: index, kind: kind) ?? Delivery()
        delivery.state = .sending
        delivery.attempts += 1
        set(delivery, record, of: index, kind: kind, into: &effects)
        effects.append(
            .send(
                outgoing(books[index].records[record].dispatch, kind: kind, method: method, attempt: delivery.attempts)
            )
        )
    }

    mutating func withdraw(_ record: Int, of index: Int, into effects: inout [Effect]) {
        var delivery = books[index].records[record].delivery
        guard delivery.state.mayBecome(.withdrawn), delivery.state != .sending else { return }
        delivery.state = .withdrawn
        set(delivery, record, of: index, kind: .dispatch, into: &effects)
    }

    private func delivery(_ record: Int, of index: Int, kind: Outgoing.Kind) -> Delivery? {
        switch kind {
        case .dispatch: books[index].records[record].delivery
        case .cancellation: books[index].cancellations[record]
        }
    }

    mutating func set(
        _ delivery: Delivery,
        _ record: Int,
        of index: Int,
        kind: Outgoing.Kind,
        into effects: inout [Effect]
    ) {
        switch kind {
        case .dispatch: books[index].records[record].delivery = delivery
        case .cancellation: books[index].cancellations[record] = delivery
        }
        let dispatch = books[index].records[record].dispatch
        effects.append(
            .record(.delivery(dispatch.key, modification: dispatch.modification, kind, delivery))
        )
    }
}
