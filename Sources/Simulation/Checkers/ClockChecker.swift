internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 12: no timestamp of a node goes backwards, unless somebody sets its clock, which its journal says then. The dispatcher is one
/// node, each client another.
struct ClockChecker: Checker {
    var findings = Findings(number: 12, name: "honest clock")
    private var latest: Timestamp?
    private var clients: [Customer.ID: Timestamp] = [:]

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        if case .input(.clockSet, _, _) = fact.content { latest = nil }
        findings.examine(
            latest.map { $0 <= fact.at } ?? true,
            at: fact.at,
            "the journal's row \(fact.sequence) is older than the one before"
        )
        latest = fact.at
    }

    mutating func see(_ seen: Observation, _ known: KnownRecords) {
        let before = clients.updateValue(seen.at, forKey: seen.customer)
        findings.examine(
            before.map { $0 <= seen.at } ?? true,
            at: seen.at,
            "the clock of customer \(seen.customer)'s client went backwards"
        )
    }
}
