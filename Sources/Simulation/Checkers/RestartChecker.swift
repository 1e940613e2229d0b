internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 9, restart: what was committed before the dispatcher began anew is delivered or expressly withdrawn after it, and what
/// was not committed is never seen acknowledged.
///
/// A delivery that a process left half done is taken up by the next one: handed out again, withdrawn, or, where it waits for a
/// session, put back to wait. One that waits goes out with the customer's next session, or is withdrawn when the incident is over.
/// A client that saw its acknowledgement confirmed is believed only if that had been recorded by then: one that is recorded
/// afterwards, when the client answers once more, was lost. A run without a restart has nothing to examine.
struct RestartChecker: Checker {
    private struct Delivery {
        var state: DeliveryState
        /// When a process began that found it so and has not settled it.
        var leftAt: Timestamp?
    }

    private struct Notice: Hashable {
        let key: DispatchKey
        let kind: Outgoing.Kind

        func precedes(_ other: Notice) -> Bool {
            let (a, b) = (key, other.key)
            if a.incident != b.incident { return a.incident < b.incident }
            if a.customer != b.customer { return a.customer < b.customer }
            if a.method != b.method { return (a.method?.rawValue ?? 0) < (b.method?.rawValue ?? 0) }
            return kind == .dispatch && other.kind != .dispatch
        }
    }

    var findings = Findings(number: 9, name: "restart")
    private var hasStarted = false
    private var hasRestarted = false
    /// What is not settled yet.
    private var open: [Notice: Delivery] = [:]
    /// Whose sessions have joined since the last process began.
    private var joined: Set<Customer.ID> = []

    mutating func see(_ fact: JournalFact) {
        switch fact.content {
        case .input(.started, _, _): started(at: fact.at)
        case .dispatch(let key, _, let state, _): became(Notice(key: key, kind: .dispatch), state, fact)
        case .delivery(let key, _, let kind, let state, _, _):
            became(Notice(key: key, kind: kind), state, fact)
        case .entered(_, let customer): if hasRestarted { joined.insert(customer) }
        case .purge: open = [:]
        case .input, .leftOut, .incident, .acknowledgement, .send, .emit, .resync, .observed, .left, .refusal, .news,
            .other:
            break
        }
    }

    private mutating func started(at now: Timestamp) {
        hasRestarted = hasStarted
        hasStarted = true
        guard hasRestarted else { return }
        joined = []
        for notice in open.keys where open[notice]?.leftAt == nil { open[notice]?.leftAt = now }
    }

    private mutating func became(_ notice: Notice, _ state: DeliveryState, _ fact: JournalFact) {
        switch state {
        case .pending, .sending, .deferred:
            let before = open.updateValue(Delivery(state: state), forKey: notice)
            guard let leftAt = before?.leftAt else { return }
            // Put back to wait, it is still to be delivered or withdrawn.
            if state == .pending { open[notice]?.leftAt = leftAt } else { findings.examine(true, at: fact.at, "") }
        case .sent, .delivered, .failed, .withdrawn, .unreachable:
            if open.removeValue(forKey: notice)?.leftAt != nil { findings.examine(true, at: fact.at, "") }
        }
    }

    mutating func conclude(_ evidence: Evidence) {
        guard hasRestarted else { return }
        let left = open.compactMap { notice, delivery in delivery.leftAt.map { (notice, delivery.state, $0) } }
        for (notice, state, leftAt) in left.sorted(by: { $0.0.precedes($1.0) }) {
            let isOver = evidence.incidents[notice.key.incident].map { $0.wasOver(before: evidence) } ?? false
            let maySettle = state == .pending && !joined.contains(notice.key.customer) && !isOver
            let what = (notice.kind == .dispatch ? "" : "\(notice.kind.rawValue) of the ") + notice.key.words
            findings.examine(
                maySettle,
                at: leftAt,
                "the \(what) was \(state.rawValue) after a restart and was neither delivered nor withdrawn"
            )
        }
        for record in evidence.history.records {
            guard let confirmed = record.confirmedAt else { continue }
            findings.examine(
                record.acknowledgedAt.map { $0 <= confirmed } ?? false,
                at: confirmed,
                "the acknowledgement of the \(record.key.words) was confirmed to its client before it was kept"
            )
        }
    }
}

extension Incident {
    /// Whether it was over long enough before the run's end for what waits in vain to be withdrawn.
    fileprivate func wasOver(before evidence: Evidence) -> Bool {
        end.map { $0 + evidence.transit < evidence.endsAt } ?? false
    }
}
