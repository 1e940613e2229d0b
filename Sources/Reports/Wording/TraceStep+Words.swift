internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Journal

// For a reader who knows the trade, not the tables.

extension Trace.Step {
    var isClients: Bool {
        if case .client = self { true } else { false }
    }

    var words: String {
        switch self {
        case .dispatcher(let fact): fact.words
        case .client(let observation): observation.words
        }
    }

    /// `nil`: neither.
    var isGood: Bool? {
        switch self {
        case .dispatcher(let fact): fact.isGood
        case .client(let observation): observation.isGood
        }
    }
}

extension JournalFact {
    fileprivate var words: String {
        switch content {
        case .dispatch(let key, let modification, let state, _):
            return "dispatched by \(key.by)\(change(modification))" + (state == .unreachable ? ": unreachable" : "")
        case .send(let key, let modification, let kind, let attempt, _, _):
            return (kind.news.map { "\($0) " } ?? "") + "handed to \(key.by), attempt \(attempt)\(change(modification))"
        case .resync(let key, let modification): return "sent again at joining: \(key.by)\(change(modification))"
        case .delivery(let key, _, let kind, let state, _, let reason):
            return (kind.news.map { "\($0) by " } ?? "") + "\(key.by): \(state.words)"
                + (reason.map { ": \($0)" } ?? "")
        case .acknowledgement(_, _, let modification, let isLate, let detail):
            return
                "acknowledgement recorded, \(isLate ? "late" : "in time")\(optingOut(detail ?? ""))\(change(modification))"
        case .input, .incident, .leftOut, .purge, .emit, .observed, .entered, .left, .refusal, .news, .other: return ""
        }
    }

    fileprivate var isGood: Bool? {
        switch content {
        case .acknowledgement: true
        case .dispatch(_, _, let state, _), .delivery(_, _, _, let state, _, _):
            state == .failed || state == .deferred || state == .unreachable ? false : nil
        case .input, .incident, .leftOut, .purge, .send, .emit, .resync, .observed, .entered, .left, .refusal, .news,
            .other:
            nil
        }
    }
}

private func optingOut(_ answer: String) -> String {
    AcknowledgementDetail.isWithdrawal(answer)
        ? ", withdrawing" : AcknowledgementDetail.optsOut(answer) ? ", opting out" : ""
}

extension Observation {
    fileprivate var words: String {
        let change = change(modification ?? 0)
        let reason = detail.map { ": \($0)" } ?? ""
        return switch kind {
        case .connected: session > 1 ? "connects again, session \(session)" : "connects"
        case .joined: "has joined"
        case .disconnected: "is disconnected"
        case .received: "has the \(key?.by ?? "") record\(change)"
        case .acknowledged: "acknowledges\(change)"
        case .confirmed: "sees its acknowledgement confirmed"
        case .refused: "is told that its acknowledgement was refused\(reason)"
        case .told: "is told of a change\(change)\(reason)"
        }
    }

    fileprivate var isGood: Bool? { kind == .disconnected || kind == .refused ? false : nil }
}

private func change(_ modification: Int) -> String { modification > 0 ? ", modification \(modification)" : "" }

extension Outgoing.Kind {
    /// What is told of an incident that is off, as a noun; `nil` for a dispatch.
    var news: String? {
        switch self {
        case .dispatch: nil
        case .cancellation: "news of the cancellation"
        case .allClear: "all-clear"
        }
    }
}

extension DispatchKey {
    fileprivate var by: String { method?.name ?? "no channel" }
}

extension DeliveryState {
    fileprivate var words: String {
        switch self {
        case .sent: "taken"
        case .deferred: "failed for now"
        case .failed: "failed for good"
        case .delivered, .pending, .sending, .withdrawn, .unreachable: rawValue
        }
    }
}
