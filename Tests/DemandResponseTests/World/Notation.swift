import DemandResponse

/// Effects as short lines, so that a test's table can hold them. `1/2/email#0` is the record of incident 1, customer 2 and email
/// for modification 0; a number in brackets is an attempt.
extension Effect {
    var notation: String {
        switch self {
        case .record(let change): "keep \(change.notation)"
        case .send(let message):
            "send \(message.method.name) \(message.dispatch.label) \(message.kind) (\(message.attempt))"
        case .emit(let news, let audience): "tell \(audience.notation): \(news.notation)"
        case .observe(let session): "session \(session.number) observes"
        case .enterRoom(let session, let customer): "session \(session.number) enters \(customer)"
        case .leave(let session): "session \(session.number) leaves"
        case .answer(_, let answer): "answer \(answer.notation)"
        case .refused(let refusal): "refused \(refusal.code.rawValue)"
        }
    }
}

extension Change {
    var notation: String {
        switch self {
        case .roster(let roster): "roster of \(roster.customers.count)"
        case .incident(let incident): incident.notation
        case .dispatch(let dispatch, let state): "\(dispatch.label) \(state)"
        case .delivery(let key, let modification, let kind, let delivery):
            "\(key.label)#\(modification)\(kind == .dispatch ? "" : " \(kind)") "
                + "\(delivery.state) (\(delivery.attempts))"
        case .acknowledgement(let acknowledgement): acknowledgement.notation
        case .leftOut(let leftOut):
            "\(leftOut.incident)/\(leftOut.customer) left out: \(leftOut.names.joined(separator: ", "))"
        case .purged(let all): all ? "nothing at all" : "no incidents"
        }
    }
}

extension News {
    var notation: String {
        switch self {
        case .dispatch(let dispatch, let attempt, let hasBeenSent, let isResync):
            "\(isResync ? "again" : "new") \(dispatch.label) (\(attempt))\(hasBeenSent ? " sent" : "")"
        case .acknowledgement(_, let acknowledgement, _): acknowledgement.notation
        case .acknowledgementRefused(_, let refusal): "refused \(refusal.code.rawValue)"
        case .incident(let incident): incident.notation
        }
    }
}

extension Answer {
    var notation: String {
        switch self {
        case .incident(let incident): incident.notation
        case .acknowledged(let acknowledgement): acknowledgement.notation
        case .joined(let customer, let open): "joined \(customer), \(open) open"
        case .done: "done"
        case .refused(let refusal): "refused \(refusal.code.rawValue)"
        }
    }
}

extension Acknowledgement {
    var notation: String {
        let verb = isWithdrawal ? "withdrawn" : optsOut ? "declined" : "acknowledged"
        return "\(incident)/\(customer)#\(modification) \(verb) by \(by) at \(at.clock)"
            + (firstAt.map { ", first at \($0.clock)" } ?? "") + (isLate ? ", late" : "")
    }
}

extension Incident {
    var notation: String { "incident \(number)#\(modification)\(closing.map { " \($0.kind.done)" } ?? "")" }
}

extension Dispatch {
    var label: String { "\(key.label)#\(modification)" }
}

extension DispatchKey {
    var label: String { "\(incident)/\(customer)/\(method?.name ?? "none")" }
}

extension Audience {
    var notation: String {
        switch self {
        case .customerAndObservers(let customer): "\(customer) and observers"
        case .customer(let customer): "\(customer)"
        case .observers: "observers"
        case .session(let session): "session \(session.number)"
        }
    }
}
