public import Base
public import DemandResponse

extension JournalEncoder {
    /// An effect as the journal holds it.
    public mutating func row(for effect: Effect, at now: Timestamp, cause: Int) -> JournalRow {
        switch effect {
        case .record(let change):
            return row(for: change, at: now, cause: cause)
        case .send(let outgoing):
            var row = JournalRow(at: now, .send, cause: cause, outgoing.dispatch.key)
            row.modification = outgoing.dispatch.modification
            row.attempt = outgoing.attempt
            row.state = outgoing.kind == .dispatch ? .dispatch : .cancellation
            row.digest = digest(of: outgoing.text)
            row.detail = outgoing.destination.isEmpty ? nil : outgoing.destination
            return row
        case .emit(let news, let audience):
            var row = row(for: news, at: now, cause: cause)
            row.state = JournalState(audience)
            if case .session(let session) = audience { row.session = session }
            return row
        case .observe(let session):
            var row = JournalRow(at: now, .roomObservers, cause: cause)
            row.session = session
            return row
        case .leave(let session):
            var row = JournalRow(at: now, .roomLeft, cause: cause)
            row.session = session
            return row
        case .enterRoom(let session, let customer):
            var row = JournalRow(at: now, .roomEntered, cause: cause)
            row.session = session
            row.customer = customer
            return row
        case .answer(let request, let answer):
            var row = row(for: answer, at: now, cause: cause)
            row.request = request
            return row
        case .refused(let refusal):
            var row = JournalRow(at: now, .refused, cause: cause)
            row.detail = "\(refusal.code.rawValue): \(refusal.message)"
            return row
        }
    }

    private mutating func row(for change: Change, at now: Timestamp, cause: Int) -> JournalRow {
        switch change {
        case .roster(let roster):
            var row = JournalRow(at: now, .rosterRecorded, cause: cause)
            row.detail = "\(roster.programs.count) programs, \(roster.customers.count) customers"
            return row
        case .incident(let incident):
            var row = JournalRow(at: now, .incidentRecorded, cause: cause)
            row.incident = incident.number
            row.modification = incident.modification
            row.state = incident.cancelledAt == nil ? .open : .cancelled
            row.detail = incidentDetail(incident)
            return row
        case .dispatch(let dispatch, let state):
            var row = JournalRow(at: now, .dispatchRecorded, cause: cause, dispatch.key)
            row.modification = dispatch.modification
            row.state = JournalState(state)
            row.digest = digest(of: dispatch.message)
            row.detail = dispatch.moreInfo.isEmpty ? nil : dispatch.moreInfo
            return row
        case .delivery(let key, let modification, let kind, let delivery):
            let kind: JournalKind = kind == .dispatch ? .deliveryRecorded : .cancellationRecorded
            var row = JournalRow(at: now, kind, cause: cause, key)
            row.modification = modification
            row.attempt = delivery.attempts
            row.state = JournalState(delivery.state)
            row.detail = delivery.reason
            return row
        case .acknowledgement(let acknowledgement):
            var row = JournalRow(at: now, .acknowledgementRecorded, cause: cause)
            row.incident = acknowledgement.incident
            row.customer = acknowledgement.customer
            row.modification = acknowledgement.modification
            row.state = acknowledgement.isLate ? .late : .inTime
            row.detail = AnswerDetail.encode(acknowledgement)
            return row
        case .purged(let all):
            var row = JournalRow(at: now, .purgeRecorded, cause: cause)
            row.state = all ? .all : .dispatches
            return row
        }
    }

    private func incidentDetail(_ incident: Incident) -> String {
        let end = incident.period.end?.iso8601 ?? "an end to be told"
        return "\(incident.eventType) from \(incident.period.start.iso8601) to \(end)"
            + (incident.isTest ? ", a drill" : "")
    }

    private mutating func row(for news: News, at now: Timestamp, cause: Int) -> JournalRow {
        switch news {
        case .dispatch(let dispatch, let attempt, _, let isResync):
            var row = JournalRow(at: now, isResync ? .emitResync : .emitDispatch, cause: cause, dispatch.key)
            row.modification = dispatch.modification
            row.attempt = attempt
            row.digest = digest(of: dispatch.message)
            return row
        case .acknowledgement(let dispatch, let acknowledgement, _):
            var row = JournalRow(at: now, .emitAcknowledgement, cause: cause)
            row.incident = acknowledgement.incident
            row.customer = acknowledgement.customer
            row.modification = acknowledgement.modification
            // Which of the customer's records it names.
            row.digest = Int64(bitPattern: dispatch.high ^ dispatch.low)
            return row
        case .acknowledgementRefused(let request, let refusal):
            var row = JournalRow(at: now, .emitRefused, cause: cause)
            row.detail = "\(request.dispatch): \(refusal.code.rawValue): \(refusal.message)"
            return row
        case .incident(let incident):
            var row = JournalRow(at: now, .emitIncident, cause: cause)
            row.incident = incident.number
            row.modification = incident.modification
            return row
        }
    }

    private func row(for answer: Answer, at now: Timestamp, cause: Int) -> JournalRow {
        switch answer {
        case .incident(let incident):
            var row = JournalRow(at: now, .answerIncident, cause: cause)
            row.incident = incident.number
            row.modification = incident.modification
            return row
        case .acknowledged(let acknowledgement):
            var row = JournalRow(at: now, .answerAcknowledged, cause: cause)
            row.incident = acknowledgement.incident
            row.customer = acknowledgement.customer
            row.modification = acknowledgement.modification
            return row
        case .joined(let customer, let openDispatches):
            var row = JournalRow(at: now, .answerJoined, cause: cause)
            row.customer = customer
            row.detail = "\(openDispatches) open"
            return row
        case .done:
            return JournalRow(at: now, .answerDone, cause: cause)
        case .refused(let refusal):
            var row = JournalRow(at: now, .answerRefused, cause: cause)
            row.detail = "\(refusal.code.rawValue): \(refusal.message)"
            return row
        }
    }
}
