internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 6: states only move forward, terminal ones absorb, and no session is told of a cancellation or recall before its
/// dispatch.
struct MonotoneChecker: Checker {
    /// A client in whose session news of an incident came in.
    private struct Told {
        let at: Timestamp
        let customer: Customer.ID
        let incident: Incident.Number
        /// Since when the session is joined; before the answer to its joining it is told what there is.
        let joinedAt: Timestamp?
    }

    var findings = Findings(number: 6, name: "monotone")
    /// The last beginning of the process.
    private var start: Int?
    private var closed: [Incident.Number: Closing] = [:]
    private var told: [Told] = []
    /// Since when each client's present session is joined.
    private var joinedAt: [Customer.ID: Timestamp] = [:]

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        switch fact.content {
        case .input(.started, _, _): start = fact.sequence
        case .incident(let number, _, let kind?, _): closed[number] = closed[number] ?? Closing(kind, at: fact.at)
        case .dispatch(let key, let modification, _, _):
            findings.examine(
                known.record.map { $0.modification < modification } ?? true,
                at: fact.at,
                "the \(key.words) began anew without a modification"
            )
        case .delivery(let key, _, .dispatch, let state, _, _):
            examine(fact, "the \(key.words)", from: known.record?.state, to: state)
        case .delivery(let key, _, let kind, let state, _, _):
            examine(
                fact,
                "the \(kind.rawValue) of the \(key.words)",
                from: known.closings[key]?.state ?? .pending,
                to: state
            )
        case .input, .incident, .leftOut, .acknowledgement, .purge, .send, .emit, .resync, .observed, .entered, .left,
            .refusal,
            .news, .other:
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

    mutating func see(_ seen: Observation, _ known: KnownRecords) {
        switch seen.kind {
        case .connected: joinedAt[seen.customer] = nil
        case .joined: joinedAt[seen.customer] = seen.at
        case .told:
            // News of an incident that is not closed by then is of a modification.
            guard let incident = seen.incident, closed[incident] != nil else { return }
            let joinedAt = joinedAt[seen.customer]
            told.append(Told(at: seen.at, customer: seen.customer, incident: incident, joinedAt: joinedAt))
        case .disconnected, .received, .acknowledged, .confirmed, .refused: break
        }
    }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        for told in told {
            guard let closing = closed[told.incident], told.at >= closing.at else { continue }
            findings.examine(
                mayHear(told, closedAt: closing.at, evidence),
                at: told.at,
                "customer \(told.customer) was told that incident \(told.incident) is \(closing.kind.done) before it had the dispatch"
            )
        }
    }

    /// Who joins after the cancellation or recall is told of that alone; who joins after the answer is not told of the dispatch again.
    private func mayHear(_ told: Told, closedAt closed: Timestamp, _ evidence: Evidence) -> Bool {
        guard let joined = told.joinedAt, joined < closed else { return true }
        let methods: [DispatchMethod?] = evidence.roster.customer(told.customer)?.methods ?? []
        return (methods + [nil]).contains { method in
            let key = DispatchKey(incident: told.incident, customer: told.customer, method: method)
            guard let record = evidence.history.index(of: key).map({ evidence.history.records[$0] }) else {
                return false
            }
            return record.receivedAt.map { $0 <= told.at } ?? false
                || record.acknowledgedAt.map { $0 <= joined } ?? false
        }
    }
}
