internal import DemandResponse

extension JournalWriter {
    func row(for effect: Effect, at now: Timestamp, cause: Int) -> JournalRow {
        switch effect {
        case .record(let change):
            return row(for: change, at: now, cause: cause)
        case .send(let outgoing):
            var row = JournalRow(at: now, "send", cause: cause, outgoing.dispatch.key)
            row.modification = outgoing.dispatch.modification
            row.attempt = outgoing.attempt
            row.state = outgoing.kind == .dispatch ? "dispatch" : "cancellation"
            row.digest = digest(of: outgoing.text)
            return row
        case .emit(let news, let audience):
            var row = row(for: news, at: now, cause: cause)
            row.state = audience.label
            if case .session(let session) = audience { row.session = session }
            return row
        case .observe(let session):
            var row = JournalRow(at: now, "room.observers", cause: cause)
            row.session = session
            return row
        case .leave(let session):
            var row = JournalRow(at: now, "room.left", cause: cause)
            row.session = session
            return row
        case .enterRoom(let session, let customer):
            var row = JournalRow(at: now, "room.entered", cause: cause)
            row.session = session
            row.customer = customer
            return row
        case .answer(let request, let answer):
            var row = row(for: answer, at: now, cause: cause)
            row.request = request
            return row
        case .refused(let refusal):
            var row = JournalRow(at: now, "refused", cause: cause)
            row.detail = "\(refusal.code.rawValue): \(refusal.message)"
            return row
        }
    }

    private func row(for change: Change, at now: Timestamp, cause: Int) -> JournalRow {
        switch change {
        case .roster:
            return JournalRow(at: now, "roster.recorded", cause: cause)
        case .incident(let incident):
            var row = JournalRow(at: now, "incident.recorded", cause: cause)
            row.incident = incident.number
            row.modification = incident.modification
            row.state = incident.cancelledAt == nil ? "open" : "cancelled"
            return row
        case .dispatch(let dispatch, let state):
            var row = JournalRow(at: now, "dispatch.recorded", cause: cause, dispatch.key)
            row.modification = dispatch.modification
            row.state = state.label
            row.digest = digest(of: dispatch.message)
            return row
        case .delivery(let key, let modification, let kind, let delivery):
            let name: StaticString = kind == .dispatch ? "delivery.recorded" : "cancellation.recorded"
            var row = JournalRow(at: now, name, cause: cause, key)
            row.modification = modification
            row.attempt = delivery.attempts
            row.state = delivery.state.label
            row.detail = delivery.reason
            return row
        case .acknowledgement(let acknowledgement):
            var row = JournalRow(at: now, "acknowledgement.recorded", cause: cause)
            row.incident = acknowledgement.incident
            row.customer = acknowledgement.customer
            row.modification = acknowledgement.modification
            row.state = acknowledgement.isLate ? "late" : "in time"
            return row
        case .purged(let all):
            var row = JournalRow(at: now, "purge.recorded", cause: cause)
            row.state = all ? "all" : "dispatches"
            return row
        }
    }

    private func row(for news: News, at now: Timestamp, cause: Int) -> JournalRow {
        switch news {
        case .dispatch(let dispatch, _, _, let isResync):
            let name: StaticString = isResync ? "emit.resync" : "emit.dispatch"
            var row = JournalRow(at: now, name, cause: cause, dispatch.key)
            row.modification = dispatch.modification
            row.digest = digest(of: dispatch.message)
            return row
        case .acknowledgement(_, let acknowledgement, _):
            var row = JournalRow(at: now, "emit.acknowledgement", cause: cause)
            row.incident = acknowledgement.incident
            row.customer = acknowledgement.customer
            row.modification = acknowledgement.modification
            return row
        case .acknowledgementRefused(let request, let refusal):
            var row = JournalRow(at: now, "emit.refused", cause: cause)
            row.detail = "\(request.dispatch): \(refusal.code.rawValue): \(refusal.message)"
            return row
        case .incident(let incident):
            var row = JournalRow(at: now, "emit.incident", cause: cause)
            row.incident = incident.number
            row.modification = incident.modification
            return row
        }
    }

    private func row(for answer: Answer, at now: Timestamp, cause: Int) -> JournalRow {
        switch answer {
        case .incident(let incident):
            var row = JournalRow(at: now, "answer.incident", cause: cause)
            row.incident = incident.number
            row.modification = incident.modification
            return row
        case .acknowledged(let acknowledgement):
            var row = JournalRow(at: now, "answer.acknowledged", cause: cause)
            row.incident = acknowledgement.incident
            row.customer = acknowledgement.customer
            row.modification = acknowledgement.modification
            return row
        case .joined(let customer, let openDispatches):
            var row = JournalRow(at: now, "answer.joined", cause: cause)
            row.customer = customer
            row.detail = "\(openDispatches) open"
            return row
        case .done:
            return JournalRow(at: now, "answer.done", cause: cause)
        case .refused(let refusal):
            var row = JournalRow(at: now, "answer.refused", cause: cause)
            row.detail = "\(refusal.code.rawValue): \(refusal.message)"
            return row
        }
    }
}

extension Audience {
    var label: StaticString {
        switch self {
        case .customerAndObservers: "customer and observers"
        case .customer: "customer"
        case .observers: "observers"
        case .session: "session"
        }
    }
}
