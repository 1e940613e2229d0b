internal import Analysis
internal import Base
internal import DemandResponse
internal import Journal

extension JournalRow {
    /// What was decided, as a noun: `dispatch by email`.
    var words: String {
        let by = method.map { " by \($0 == .none ? "no method" : $0.name)" } ?? ""
        let nth = attempt.map { $0 > 1 ? ", attempt \($0)" : "" } ?? ""
        switch kind {
        case .dispatchRecorded:
            return (modification ?? 0) > 0 ? "dispatch\(by), modification \(modification ?? 0)" : "dispatch\(by)"
        case .send: return (state?.outgoing?.news ?? "message") + by + nth
        case .deliveryRecorded: return "delivery\(by)\(nth): \(state?.name ?? "")"
        case .cancellationRecorded: return "delivery of the cancellation\(by)\(nth): \(state?.name ?? "")"
        case .allClearRecorded: return "delivery of the all-clear\(by)\(nth): \(state?.name ?? "")"
        case .acknowledgementRecorded: return "acknowledgement"
        case .emitDispatch: return "dispatch\(by) told to sessions"
        case .emitResync: return "dispatch\(by) told again to a session"
        case .emitAcknowledgement: return "acknowledgement told to sessions"
        case .emitRefused: return "refusal told to a session"
        case .emitIncident: return "news of the incident told to sessions"
        case .incidentRecorded:
            if let closing = state?.closing { return "\(closing) of the incident" }
            return (modification ?? 0) > 0
                ? "modification \(modification ?? 0) of the incident" : "opening of the incident"
        case .leftOutRecorded: return "customer who is left out"
        case .purgeRecorded: return "purge"
        case .rosterRecorded: return "roster"
        case .answerIncident, .answerAcknowledged, .answerJoined, .answerDone, .answerRefused:
            return "answer to a request"
        case .refused: return "refusal of a request"
        case .roomObservers, .roomEntered, .roomLeft: return "room of session \(session?.number ?? 0)"
        default: return kind.name
        }
    }
}

extension ReplayDifference {
    /// `is no longer decided`
    var verb: String {
        switch kind {
        case .missing: "is missing"
        case .extra: "is new"
        case .changed: "has changed"
        case .reordered: "comes in another order"
        }
    }
}

extension Input {
    /// What happened, for whoever wants to know what led to a decision.
    /// - Parameter customer: of a long list of reports, only those about this one are told.
    func words(about customer: Customer.ID?) -> String {
        switch self {
        case .started: "the server started"
        case .rosterReplaced(let roster, _):
            "roster replaced: " + Units.plural(roster.programs.count, "program") + ", "
                + Units.plural(roster.customers.count, "customer")
        case .incidentRequested(let request, _):
            "incident requested: program \(request.program), "
                + (request.groups.isEmpty ? "" : "group \(request.groups.joined(separator: ", ")), ")
                + "\(request.eventType), "
                + "\(request.period.startText) to \(request.period.endText ?? "an end to be told")"
        case .incidentChanged(let change, _):
            "incident changed:"
                + (change.startText.map { " start \($0)" } ?? "") + (change.endText.map { " end \($0)" } ?? "")
                + (change.eventType.map { " \($0)" } ?? "")
        case .sessionConnected(let session): "session \(session.number) connected"
        case .sessionJoined(let session, let customer, _): "session \(session.number) joined as customer \(customer)"
        case .sessionClosed(let session): "session \(session.number) closed"
        case .acknowledged(let request, let session, _):
            "session \(session.number) answered: \(request.optsOut ? "declines" : "accepts"), by \(request.by)"
                + (request.modification.map { ", modification \($0)" } ?? "")
        case .deliveriesReported(let reports):
            "delivery reports: "
                + reports.filter { customer == nil || $0.key.customer == customer }.prefix(3).map(\.words)
                .joined(separator: "; ")
        case .deadlineReached: "a deadline was reached"
        case .purged(let all, _): all ? "everything purged" : "dispatches and incidents purged"
        case .incidentsArchived(let numbers): "\(numbers.count) incidents archived"
        case .clockSet(let step): "the clock was set by \(step.wholeSeconds) s"
        case .accessDenied(let denial): "access denied: \(denial.subject)"
        case .tokenCreated(let change): "token created: \(change.name)"
        case .tokenRevoked(let change): "token revoked: \(change.name)"
        default: kind.name.replacing(".", with: " ")
        }
    }
}

extension DeliveryReport {
    fileprivate var words: String {
        let outcome =
            switch outcome {
            case .sent: "sent"
            case .delivered: "delivered"
            case .failedForNow(let reason): "failed for now (\(reason))"
            case .failedForGood(let reason): "failed for good (\(reason))"
            case .unknown(let reason): "unknown (\(reason))"
            }
        return "\(key.method?.name ?? "none"), attempt \(attempt), \(outcome)"
    }
}
