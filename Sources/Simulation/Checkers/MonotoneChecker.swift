internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 6: states only move forward, terminal ones absorb, and no session is told of a cancellation before its dispatch.
struct MonotoneChecker: Checker {
    private struct Notice {
        let modification: Int
        var state: DeliveryState
    }

    private struct Told: Hashable {
        let customer: Customer.ID
        let incident: Incident.Number
    }

    var findings = Findings(number: 6, name: "monotone")
    private var notices: [DispatchKey: Notice] = [:]
    /// How the news of a cancellation gets through goes its own way, beside the dispatch's.
    private var cancellations: [DispatchKey: DeliveryState] = [:]
    /// The last beginning of the process.
    private var start: Int?
    private var cancelledAt: [Incident.Number: Timestamp] = [:]
    /// The session in which each client last received a dispatch of each incident.
    private var receivedIn: [Told: Int] = [:]
    /// Since when each client's present session is joined.
    private var joinedAt: [Customer.ID: Timestamp] = [:]

    mutating func see(_ fact: JournalFact) {
        switch fact.content {
        case .input(.started, _): start = fact.sequence
        case .incident(let number, _, true): cancelledAt[number] = cancelledAt[number] ?? fact.at
        case .dispatch(let key, let modification, let state, _):
            let before = notices.updateValue(Notice(modification: modification, state: state), forKey: key)
            findings.examine(
                before.map { $0.modification < modification } ?? true,
                at: fact.at,
                "the \(key.words) began anew without a modification"
            )
        case .delivery(let key, _, .dispatch, let state, _, _):
            let before = notices[key]?.state
            notices[key]?.state = state
            examine(fact, "the \(key.words)", from: before, to: state)
        case .delivery(let key, _, .cancellation, let state, _, _):
            let before = cancellations.updateValue(state, forKey: key)
            examine(fact, "the cancellation of the \(key.words)", from: before ?? .pending, to: state)
        case .input, .incident, .acknowledgement, .purge, .send, .resync, .observed, .entered, .left, .refusal, .other:
            break
        }
    }

    private mutating func examine(
        _ fact: JournalFact,
        _ what: @autoclosure () -> String,
        from before: DeliveryState?,
        to state: DeliveryState
    ) {
        // Only a process that begins sends again what it knows no report of.
        let isSentAgain = before == .sending && state == .sending && fact.cause != nil && fact.cause == start
        findings.examine(
            isSentAgain || before?.mayBecome(state) ?? false,
            at: fact.at,
            "\(what()) went from \(before?.rawValue ?? "nothing") to \(state.rawValue)"
        )
    }

    mutating func see(_ seen: Observation) {
        switch seen.kind {
        case .connected: joinedAt[seen.customer] = nil
        case .joined: joinedAt[seen.customer] = seen.at
        case .received:
            // Whether it is going to be cancelled is not known while a run goes on.
            guard let incident = seen.incident else { return }
            receivedIn[Told(customer: seen.customer, incident: incident)] = seen.session
        case .told:
            guard let incident = seen.incident, let cancelled = cancelledAt[incident], seen.at >= cancelled else {
                return
            }
            let told = Told(customer: seen.customer, incident: incident)
            // Who joins later is told of the cancellation alone, and that before the joining is answered.
            let hasJoinedLater = joinedAt[seen.customer].map { $0 >= cancelled } ?? true
            findings.examine(
                receivedIn[told] == seen.session || hasJoinedLater,
                at: seen.at,
                "customer \(seen.customer) was told that incident \(incident) is cancelled before it had the dispatch"
            )
        case .disconnected, .acknowledged, .confirmed, .refused: break
        }
    }
}
