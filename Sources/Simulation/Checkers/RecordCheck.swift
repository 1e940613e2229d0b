internal import DemandResponse
public import DispatchStore

/// Runs every checker over a record.
public enum RecordCheck {
    /// - Returns: one finding for each invariant, ascending by number.
    public static func check(_ database: DispatchDatabase, history: History) throws(StoreError) -> [CheckFinding] {
        var coverage = CoverageChecker()
        var phantom = PhantomChecker()
        var delivery = DeliveryChecker()
        var lost = LostAcknowledgementChecker()
        var idempotence = IdempotenceChecker()
        var monotone = MonotoneChecker()
        var attribution = AttributionChecker()
        var clock = ClockChecker()
        try database.forEachJournalFact { fact in
            clock.see(fact)
            guard fact.kind != .other else { return }
            coverage.see(fact)
            phantom.see(fact)
            delivery.see(fact)
            lost.see(fact)
            idempotence.see(fact)
            monotone.see(fact)
            attribution.see(fact)
        }
        var observations = 0
        try database.forEachObservationFact { fact in
            observations += 1
            clock.see(fact)
            phantom.see(fact)
            delivery.see(fact)
            lost.see(fact)
            monotone.see(fact)
        }
        let evidence = Evidence(
            roster: try database.readRoster(),
            history: history,
            endsAt: try database.readRun()?.endsAt ?? Timestamp(microseconds: .max),
            hasClients: observations > 0
        )
        coverage.conclude(evidence)
        delivery.conclude(evidence)
        idempotence.conclude(evidence)
        let all: [any Checker] = [coverage, phantom, delivery, lost, idempotence, monotone, attribution, clock]
        return all.map(\.findings.finding).sorted { $0.number < $1.number }
    }
}
