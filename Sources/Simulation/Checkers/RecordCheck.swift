public import Base
internal import DemandResponse
public import DispatchStore
public import Journal

/// Every checker, side by side: shown a record, or what a run is just writing into one.
public struct RecordCheck {
    private let known = KnownRecords()
    private var coverage = CoverageChecker()
    private var phantom = PhantomChecker()
    private var delivery = DeliveryChecker()
    private var lost = LostAcknowledgementChecker()
    private var idempotence = IdempotenceChecker()
    private var monotone = MonotoneChecker()
    private var attribution = AttributionChecker()
    private var ended = AfterTheEndChecker()
    private var restart = RestartChecker()
    private var isolation = IsolationChecker()
    private var quiescence = QuiescenceChecker()
    private var clock = ClockChecker()

    mutating func see(_ fact: JournalFact) {
        clock.see(fact, known)
        switch fact.content {
        case .news, .other: return
        default: break
        }
        known.turn(to: fact)
        coverage.see(fact, known)
        idempotence.see(fact, known)
        monotone.see(fact, known)
        attribution.see(fact, known)
        ended.see(fact, known)
        restart.see(fact, known)
        quiescence.see(fact, known)
        known.learn(fact)
    }

    mutating func see(_ seen: Observation) {
        known.turn(to: seen)
        clock.see(seen, known)
        phantom.see(seen, known)
        delivery.see(seen, known)
        lost.see(seen, known)
        monotone.see(seen, known)
        isolation.see(seen, known)
        quiescence.see(seen, known)
    }

    /// Everything has been shown.
    /// - Parameter isWhole: false for a run against a server elsewhere, whose sessions and whose deliveries' steps are not in the record.
    /// - Returns: one finding for each invariant, ascending by number. One that found nothing to examine has not held.
    mutating func conclude(_ evidence: Evidence, isWhole: Bool = true) -> [CheckFinding] {
        coverage.conclude(evidence, known)
        delivery.conclude(evidence, known)
        lost.conclude(evidence, known)
        idempotence.conclude(evidence, known)
        monotone.conclude(evidence, known)
        ended.conclude(evidence, known)
        restart.conclude(evidence, known)
        isolation.conclude(evidence, known)
        quiescence.conclude(evidence, known)
        var all: [any Checker] = [coverage, phantom, delivery, lost, idempotence, clock]
        if isWhole { all += [monotone, attribution, ended, restart, isolation, quiescence] as [any Checker] }
        return all.map(\.findings.finding).sorted { $0.number < $1.number }
    }
}

extension RecordCheck {
    /// Runs every checker over a record.
    /// - Parameters:
    ///   - transit: within what time a client that stays connected has what was sent to it.
    ///   - noticing: within what time the server misses a client that went without a word; `nil`: it was away when the run ended.
    public static func check(
        _ record: RunRecord,
        history: History,
        transit: Span,
        noticing: Span?
    ) throws(StoreError) -> [CheckFinding] {
        var check = RecordCheck()
        let run = try record.readRun()
        try record.forEachFact { check.see($0) }
        try record.forEachObservation { check.see($0) }
        let evidence = Evidence(
            roster: try record.readRoster(),
            incidents: Dictionary(
                try record.readIncidents().map { ($0.number, $0) },
                uniquingKeysWith: { first, _ in first }
            ),
            history: history,
            endsAt: run?.endsAt ?? Timestamp(microseconds: .max),
            transit: transit,
            noticing: noticing
        )
        return check.conclude(evidence, isWhole: run?.target == nil)
    }
}
