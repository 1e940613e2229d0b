public import Base
internal import DemandResponse
public import DispatchStore
import Journal

/// Runs every checker over a record.
public enum RecordCheck {
    /// - Parameters:
    ///   - transit: within what time a client that stays connected has what was sent to it.
    ///   - noticing: within what time the server misses a client that went without a word; `nil`: it was away when the run ended.
    /// - Returns: one finding for each invariant, ascending by number. One that found nothing to examine has not held.
    public static func check(
        _ database: DispatchDatabase,
        history: History,
        transit: Span,
        noticing: Span?
    ) throws(StoreError) -> [CheckFinding] {
        var coverage = CoverageChecker()
        var phantom = PhantomChecker()
        var delivery = DeliveryChecker()
        var lost = LostAcknowledgementChecker()
        var idempotence = IdempotenceChecker()
        var monotone = MonotoneChecker()
        var attribution = AttributionChecker()
        var ended = AfterTheEndChecker()
        var restart = RestartChecker()
        var isolation = IsolationChecker()
        var quiescence = QuiescenceChecker()
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
            ended.see(fact)
            restart.see(fact)
            quiescence.see(fact)
        }
        try database.forEachObservation { seen in
            clock.see(seen)
            phantom.see(seen)
            delivery.see(seen)
            lost.see(seen)
            monotone.see(seen)
            isolation.see(seen)
            quiescence.see(seen)
        }
        let evidence = Evidence(
            roster: try database.readRoster(),
            incidents: Dictionary(
                try database.readIncidents().map { ($0.number, $0) },
                uniquingKeysWith: { first, _ in first }
            ),
            history: history,
            endsAt: run?.endsAt ?? Timestamp(microseconds: .max),
            transit: transit,
            noticing: noticing
        )
        coverage.conclude(evidence)
        delivery.conclude(evidence)
        lost.conclude(evidence)
        idempotence.conclude(evidence)
        monotone.conclude(evidence)
        ended.conclude(evidence)
        restart.conclude(evidence)
        isolation.conclude(evidence)
        quiescence.conclude(evidence)
        var all: [any Checker] = [coverage, phantom, delivery, lost, idempotence, clock]
        // The sessions and the deliveries' steps of a server elsewhere are not in the record of a run against it.
        if run?.target == nil {
            all += [monotone, attribution, ended, restart, isolation, quiescence] as [any Checker]
        }
        return all.map(\.findings.finding).sorted { $0.number < $1.number }
    }
}
