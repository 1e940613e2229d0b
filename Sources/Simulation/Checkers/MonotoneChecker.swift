internal import Base
import DemandResponse
import DispatchStore

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
    /// The session in which each client last received a dispatch of each incident that was cancelled.
    private var receivedIn: [Told: Int] = [:]
    /// Since when each client's present session is joined.
    private var joinedAt: [Customer.ID: Timestamp] = [:]

    mutating func see(_ fact: JournalFact) {
        switch fact.kind {
        case .started: start = fact.sequence
        case .incidentRecorded:
            if fact.isCancellation { cancelledAt[fact.incident] = cancelledAt[fact.incident] ?? fact.at }
        case .dispatchRecorded:
            guard let state = fact.state else { return }
            let notice = Notice(modification: fact.modification, state: state)
            let before = notices.updateValue(notice, forKey: fact.key)
            findings.examine(
                before.map { $0.modification < fact.modification } ?? true,
                at: fact.at,
                "the \(fact.key.words) began anew without a modification"
            )
        case .deliveryRecorded:
            guard let state = fact.state else { return }
            let before = notices[fact.key]?.state
            notices[fact.key]?.state = state
            examine(fact, "the \(fact.key.words)", from: before, to: state)
        case .cancellationRecorded:
            guard let state = fact.state else { return }
            let before = cancellations.updateValue(state, forKey: fact.key)
            examine(fact, "the cancellation of the \(fact.key.words)", from: before ?? .pending, to: state)
        default: break
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

    mutating func see(_ fact: ObservationFact) {
        switch fact.kind {
        case .connected: joinedAt[fact.customer] = nil
        case .joined: joinedAt[fact.customer] = fact.at
        case .received where cancelledAt[fact.incident] != nil:
            receivedIn[Told(customer: fact.customer, incident: fact.incident)] = fact.session
        case .told:
            guard let cancelled = cancelledAt[fact.incident], fact.at >= cancelled else { return }
            let told = Told(customer: fact.customer, incident: fact.incident)
            // Who joins later is told of the cancellation alone, and that before the joining is answered.
            let hasJoinedLater = joinedAt[fact.customer].map { $0 >= cancelled } ?? true
            findings.examine(
                receivedIn[told] == fact.session || hasJoinedLater,
                at: fact.at,
                "customer \(fact.customer) was told that incident \(fact.incident) is cancelled before it had the dispatch"
            )
        default: break
        }
    }
}
