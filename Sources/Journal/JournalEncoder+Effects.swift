public import Base
public import DemandResponse

extension JournalEncoder {
    /// An effect as the journal holds it.
    public mutating func row(for effect: Effect, at now: Timestamp, cause: Int) -> JournalRow {
        switch effect {
        case .record(let change): return row(for: change, at: now, cause: cause)
        case .send(let outgoing):
            return row(
                at: now,
                .send,
                cause,
                outgoing.dispatch.key,
                modification: outgoing.dispatch.modification,
                attempt: outgoing.attempt,
                state: JournalState(outgoing.kind),
                digest: digest(of: outgoing.text),
                detail: outgoing.destination.isEmpty ? nil : outgoing.destination
            )
        case .emit(let news, let audience):
            var row = row(for: news, at: now, cause: cause)
            row.state = JournalState(audience)
            if case .session(let session) = audience { row.session = session }
            return row
        case .observe(let session): return JournalRow(at: now, .roomObservers, cause: cause, session: session)
        case .leave(let session): return JournalRow(at: now, .roomLeft, cause: cause, session: session)
        case .enterRoom(let session, let customer):
            return JournalRow(at: now, .roomEntered, cause: cause, session: session, customer: customer)
        case .answer(let request, let answer):
            var row = row(for: answer, at: now, cause: cause)
            row.request = request
            return row
        case .refused(let refusal): return JournalRow(at: now, .refused, cause: cause, detail: refusal.words)
        }
    }

    private mutating func row(for change: Change, at now: Timestamp, cause: Int) -> JournalRow {
        switch change {
        case .roster(let roster):
            let detail = "\(roster.programs.count) programs, \(roster.customers.count) customers"
            return JournalRow(at: now, .rosterRecorded, cause: cause, detail: detail)
        case .incident(let incident):
            return JournalRow(
                at: now,
                .incidentRecorded,
                cause: cause,
                incident: incident.number,
                modification: incident.modification,
                state: JournalState(incident.closing?.kind),
                // Who lifted which rules is always told.
                detail: incident.lifted == nil
                    ? long(incident.words) : LiftedDetail.encode(incident.words, incident.lifted)
            )
        case .dispatch(let dispatch, let state):
            return row(
                at: now,
                .dispatchRecorded,
                cause,
                dispatch.key,
                modification: dispatch.modification,
                state: JournalState(state),
                digest: digest(of: dispatch.message),
                detail: dispatch.moreInfo.isEmpty ? nil : dispatch.moreInfo
            )
        case .delivery(let key, let modification, let kind, let delivery):
            return row(
                at: now,
                JournalKind(deliveryOf: kind),
                cause,
                key,
                modification: modification,
                attempt: delivery.attempts,
                state: JournalState(delivery.state),
                detail: delivery.reason
            )
        case .acknowledgement(let acknowledgement):
            var row = row(.acknowledgementRecorded, of: acknowledgement, at: now, cause: cause)
            row.state = acknowledgement.isLate ? .late : .inTime
            row.detail = AcknowledgementDetail.encode(acknowledgement)
            return row
        case .leftOut(let leftOut):
            return JournalRow(
                at: now,
                .leftOutRecorded,
                cause: cause,
                incident: leftOut.incident,
                customer: leftOut.customer,
                detail: "limit: \(leftOut.names.joined(separator: ", "))"
            )
        case .purged(let all):
            return JournalRow(at: now, .purgeRecorded, cause: cause, state: all ? .all : .dispatches)
        }
    }

    private mutating func row(for news: News, at now: Timestamp, cause: Int) -> JournalRow {
        switch news {
        case .dispatch(let dispatch, let attempt, _, let isResync):
            return row(
                at: now,
                isResync ? .emitResync : .emitDispatch,
                cause,
                dispatch.key,
                modification: dispatch.modification,
                attempt: attempt,
                digest: digest(of: dispatch.message)
            )
        case .acknowledgement(let dispatch, let acknowledgement, _):
            var row = row(.emitAcknowledgement, of: acknowledgement, at: now, cause: cause)
            // Which of the customer's records it names.
            row.digest = Int64(bitPattern: dispatch.high ^ dispatch.low)
            return row
        case .acknowledgementRefused(let request, let refusal):
            let detail = "\(request.dispatch): \(refusal.words)"
            return JournalRow(at: now, .emitRefused, cause: cause, detail: detail)
        case .incident(let incident): return row(.emitIncident, of: incident, at: now, cause: cause)
        }
    }

    private func row(for answer: Answer, at now: Timestamp, cause: Int) -> JournalRow {
        switch answer {
        case .incident(let incident): row(.answerIncident, of: incident, at: now, cause: cause)
        case .acknowledged(let acknowledgement): row(.answerAcknowledged, of: acknowledgement, at: now, cause: cause)
        case .joined(let customer, let openDispatches):
            JournalRow(at: now, .answerJoined, cause: cause, customer: customer, detail: "\(openDispatches) open")
        case .done: JournalRow(at: now, .answerDone, cause: cause)
        case .refused(let refusal): JournalRow(at: now, .answerRefused, cause: cause, detail: refusal.words)
        }
    }

    private func row(
        at now: Timestamp,
        _ kind: JournalKind,
        _ cause: Int,
        _ key: DispatchKey,
        modification: Int,
        attempt: Int? = nil,
        state: JournalState? = nil,
        digest: Int64? = nil,
        detail: String? = nil
    ) -> JournalRow {
        JournalRow(
            at: now,
            kind,
            cause: cause,
            incident: key.incident,
            customer: key.customer,
            method: JournalMethod(key.method),
            modification: modification,
            attempt: attempt,
            state: state,
            digest: digest,
            detail: detail
        )
    }

    private func row(_ kind: JournalKind, of incident: Incident, at now: Timestamp, cause: Int) -> JournalRow {
        let modification = incident.modification
        return JournalRow(at: now, kind, cause: cause, incident: incident.number, modification: modification)
    }

    private func row(_ kind: JournalKind, of answer: Acknowledgement, at now: Timestamp, cause: Int) -> JournalRow {
        JournalRow(
            at: now,
            kind,
            cause: cause,
            incident: answer.incident,
            customer: answer.customer,
            modification: answer.modification
        )
    }
}

extension Refusal {
    fileprivate var words: String { "\(code.rawValue): \(message)" }
}

extension Incident {
    fileprivate var words: String {
        "\(eventType) from \(period.start.iso8601) to \(period.end?.iso8601 ?? "an end to be told")"
            + (isTest ? ", a drill" : "")
    }
}
