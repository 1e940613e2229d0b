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
    /// What a process found open that began, by when that was, and is not taken up yet.
    private var left: [Notice: Timestamp] = [:]
    /// Whose sessions have joined since the last process began.
    private var joined: Set<Customer.ID> = []

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        switch fact.content {
        case .input(.started, _, _): started(at: fact.at, known)
        case .dispatch(let key, _, let state, _): became(Notice(key: key, kind: .dispatch), state, fact)
        case .delivery(let key, _, let kind, let state, _, _):
            became(Notice(key: key, kind: kind), state, fact)
        case .entered(_, let customer): if hasRestarted { joined.insert(customer) }
        case .purge: left = [:]
        case .input, .incident, .leftOut, .acknowledgement, .send, .emit, .resync, .observed, .left, .refusal, .news,
            .other:
            break
        }
    }

    private mutating func started(at now: Timestamp, _ known: KnownRecords) {
        hasRestarted = hasStarted
        hasStarted = true
        guard hasRestarted else { return }
        joined = []
        known.forEachOpen { key, kind, _ in
            let notice = Notice(key: key, kind: kind)
            left[notice] = left[notice] ?? now
        }
    }

    private mutating func became(_ notice: Notice, _ state: DeliveryState, _ fact: JournalFact) {
        // Put back to wait, it is still to be delivered or withdrawn.
        guard !left.isEmpty, state != .pending, left.removeValue(forKey: notice) != nil else { return }
        findings.examine(true, at: fact.at, "")
    }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        guard hasRestarted else { return }
        var open: [(notice: Notice, state: DeliveryState, leftAt: Timestamp)] = []
        known.forEachOpen { key, kind, state in
            let notice = Notice(key: key, kind: kind)
            if let leftAt = left[notice] { open.append((notice, state, leftAt)) }
        }
        for (notice, state, leftAt) in open.sorted(by: { $0.notice.precedes($1.notice) }) {
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
        !isBelated && end.map { $0 + evidence.transit < evidence.endsAt } ?? false
    }
}
