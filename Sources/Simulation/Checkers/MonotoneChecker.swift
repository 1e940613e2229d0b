import DemandResponse
import DispatchStore

/// Invariant 6: states only move forward, terminal ones absorb, and no session is told of a cancellation before its dispatch.
struct MonotoneChecker: Checker {
    private struct Told: Hashable {
        let customer: Customer.ID
        let incident: Incident.Number
    }

    var findings = Findings(number: 6, name: "monotone")
    private var states: [DispatchKey: DeliveryState] = [:]
    private var cancelledAt: [Incident.Number: Timestamp] = [:]
    /// The session in which each client last received a dispatch of each incident that was cancelled.
    private var receivedIn: [Told: Int] = [:]
    private var connectedAt: [Customer.ID: Timestamp] = [:]

    mutating func see(_ fact: JournalFact) {
        switch fact.kind {
        case .incidentRecorded:
            if fact.isCancellation { cancelledAt[fact.incident] = cancelledAt[fact.incident] ?? fact.at }
        case .dispatchRecorded:
            // New, or for a new modification: it starts anew.
            states[fact.key] = fact.state
        case .deliveryRecorded:
            guard let state = fact.state else { return }
            let before = states.updateValue(state, forKey: fact.key)
            findings.examine(
                before?.mayBecome(state) ?? false,
                at: fact.at,
                "the \(fact.key.words) went from \(before?.rawValue ?? "nothing") to \(state.rawValue)"
            )
        default: break
        }
    }

    mutating func see(_ fact: ObservationFact) {
        switch fact.kind {
        case .connected: connectedAt[fact.customer] = fact.at
        case .received where cancelledAt[fact.incident] != nil:
            receivedIn[Told(customer: fact.customer, incident: fact.incident)] = fact.session
        case .told:
            guard let cancelled = cancelledAt[fact.incident], fact.at >= cancelled else { return }
            let told = Told(customer: fact.customer, incident: fact.incident)
            let isNewSession = (connectedAt[fact.customer] ?? fact.at) >= cancelled
            findings.examine(
                receivedIn[told] == fact.session || isNewSession,
                at: fact.at,
                "customer \(fact.customer) was told that incident \(fact.incident) is cancelled before it had the dispatch"
            )
        default: break
        }
    }
}
