internal import DemandResponse
internal import DispatchStore

extension JournalRow {
    /// What was decided, as a noun: `dispatch by email`.
    func words(methods: [JournalMethod]? = nil) -> String {
        let names = (methods ?? [method].compactMap(\.self)).map { $0 == .none ? "no method" : $0.name }
        let by = names.isEmpty ? "" : " by \(names.joined(separator: ", "))"
        let nth = attempt.map { $0 > 1 ? ", attempt \($0)" : "" } ?? ""
        switch kind {
        case .dispatchRecorded:
            return (modification ?? 0) > 0 ? "dispatch\(by), modification \(modification ?? 0)" : "dispatch\(by)"
        case .send: return (state == .cancellation ? "news of the cancellation" : "message") + by + nth
        case .deliveryRecorded: return "delivery\(by)\(nth): \(state?.name ?? "")"
        case .cancellationRecorded: return "delivery of the cancellation\(by)\(nth): \(state?.name ?? "")"
        case .acknowledgementRecorded: return "acknowledgement"
        case .emitDispatch: return "dispatch\(by) told to sessions"
        case .emitResync: return "dispatch\(by) told again to a session"
        case .emitAcknowledgement: return "acknowledgement told to sessions"
        case .emitRefused: return "refusal told to a session"
        case .emitIncident: return "news of the incident told to sessions"
        case .incidentRecorded:
            if state == .cancelled { return "cancellation of the incident" }
            return (modification ?? 0) > 0
                ? "modification \(modification ?? 0) of the incident" : "opening of the incident"
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
        case .moved: "has moved in time"
        case .reordered: "comes in another order"
        }
    }
}

extension ReplayDifference.Kind {
    var label: String { self == .moved ? "moved in time" : rawValue }
}
