public import Base
internal import DemandResponse
public import DispatchStore
import Journal

/// Runs every checker over a record.
public enum RecordCheck {
    /// - Parameter transit: within what time a client that stays connected has what was sent to it.
    /// - Returns: one finding for each invariant, ascending by number. One that found nothing to examine has not held.
    public static func check(
        _ database: DispatchDatabase,
        history: History,
        transit: Span
    ) throws(StoreError) -> [CheckFinding] {
        var coverage = CoverageChecker()
        var phantom = PhantomChecker()
        var delivery = DeliveryChecker()
        var lost = LostAcknowledgementChecker()
        var idempotence = IdempotenceChecker()
        var monotone = MonotoneChecker()
        var attribution = AttributionChecker()
        var clock = ClockChecker()
        let run = try database.readRun()
        try database.forEachFact { fact in
            clock.see(fact)
            if case .other = fact.content { return }
            coverage.see(fact)
            phantom.see(fact)
            delivery.see(fact)
            lost.see(fact)
            idempotence.see(fact)
            monotone.see(fact)
            attribution.see(fact)
        }
        try database.forEachObservation { seen in
            clock.see(seen)
            phantom.see(seen)
            delivery.see(seen)
            lost.see(seen)
            monotone.see(seen)
        }
        let evidence = Evidence(
            roster: try database.readRoster(),
            incidents: Dictionary(
                try database.readIncidents().map { ($0.number, $0) },
                uniquingKeysWith: { first, _ in first }
            ),
            history: history,
            endsAt: run?.endsAt ?? Timestamp(microseconds: .max),
            transit: transit
        )
        coverage.conclude(evidence)
        delivery.conclude(evidence)
        lost.conclude(evidence)
        idempotence.conclude(evidence)
        var all: [any Checker] = [coverage, phantom, delivery, lost, idempotence, clock]
        // The sessions and the deliveries' steps of a server elsewhere are not in the record of a run against it.
        if run?.target == nil { all += [monotone, attribution] as [any Checker] }
        return all.map(\.findings.finding).sorted { $0.number < $1.number }
    }
}
