internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Looks for violations of one of the design's invariants: it is shown the journal and what the clients observed, each in order
/// and an observation after what had led to it, from a record or while a run goes on; then it says what it found.
protocol Checker {
    var findings: Findings { get set }

    /// - Parameter known: what was known before the fact.
    mutating func see(_ fact: JournalFact, _ known: KnownRecords)
    mutating func see(_ seen: Observation, _ known: KnownRecords)
    /// Everything has been shown.
    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords)
}

extension Checker {
    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {}
    mutating func see(_ seen: Observation, _ known: KnownRecords) {}
    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {}
}

/// What a checker can ask for beside the facts that it was shown.
struct Evidence {
    let roster: Roster
    /// As they are now; those that were purged are not among them.
    let incidents: [Incident.Number: Incident]
    let history: History
    let endsAt: Timestamp
    /// Within what time a client that stays connected has what was sent to it.
    let transit: Span
    /// Within what time the server misses a client that went without a word; `nil`: it was away when the run ended.
    let noticing: Span?
}

/// What a checker counts; it keeps the first violations in words and the number of all.
struct Findings {
    /// More would only hide the first.
    static let mostShown = 20

    let number: Int
    let name: String
    private(set) var examined = 0
    private var violationCount = 0
    private var violations: [CheckFinding.Violation] = []

    init(number: Int, name: String) {
        self.number = number
        self.name = name
    }

    /// Counts a fact that was looked at, and what is wrong with it, if anything is.
    mutating func examine(_ isRight: Bool, at instant: Timestamp?, _ violation: @autoclosure () -> String) {
        examined += 1
        guard !isRight else { return }
        violationCount += 1
        if violations.count < Self.mostShown {
            violations.append(CheckFinding.Violation(at: instant, message: violation()))
        }
    }

    var finding: CheckFinding {
        CheckFinding(
            number: number,
            name: name,
            examined: examined,
            violationCount: violationCount,
            violations: violations
        )
    }
}

extension DispatchKey {
    /// For a violation's words.
    var words: String {
        "dispatch of incident \(incident) to customer \(customer) by \(method?.name ?? "no method")"
    }
}
