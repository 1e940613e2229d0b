internal import Analysis
internal import DemandResponse
internal import DispatchStore
internal import Journal

/// Checks and tallies a run while it is being recorded, on the thread that records it: once the run is over nothing is read back.
///
/// `@unchecked`: used on the recording thread until that has finished, and then by whoever waited for that.
final class RunningCheck: RecordObserver, @unchecked Sendable {
    private var check = RecordCheck()
    private var history = History()
    /// For the ledger.
    private(set) var tally = DecisionTally(isTimed: true, roster: Roster())
    private var incidents: [Incident.Number: Incident] = [:]

    func see(_ fact: JournalFact) {
        check.see(fact)
        tally.add(fact)
        if case .refusal = fact.content { history.addRefusal() }
    }

    func see(_ entry: JournalEntry) {
        for case .record(let change) in entry.effects {
            history.add(change)
            switch change {
            case .roster(let roster): tally.roster = roster
            case .incident(let incident): incidents[incident.number] = incident
            case .purged(let all):
                incidents = [:]
                if all { tally.roster = Roster() }
            case .dispatch, .delivery, .acknowledgement, .leftOut: break
            }
        }
    }

    func see(_ observation: Observation) {
        check.see(observation)
        history.add(observation)
    }

    /// The run is over.
    func conclude(_ result: WorldResult) -> (history: History, checks: [CheckFinding]) {
        history.add(result.script)
        let evidence = Evidence(
            roster: tally.roster,
            incidents: incidents,
            history: history,
            endsAt: result.endsAt,
            transit: result.transit,
            noticing: result.noticing
        )
        return (history, check.conclude(evidence))
    }
}
