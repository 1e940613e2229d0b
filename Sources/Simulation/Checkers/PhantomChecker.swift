internal import Base
import DemandResponse
import DispatchStore

/// Invariant 2: whatever a client received had been committed earlier, with the same content.
struct PhantomChecker: Checker {
    private struct Committed {
        let at: Timestamp
        let digest: Int64
    }

    var findings = Findings(number: 2, name: "no phantom")
    /// The first modification of each; later ones are few.
    private var committed: [DispatchKey: Committed] = [:]
    private var modified: [DispatchKey: [Int: Committed]] = [:]

    mutating func see(_ fact: JournalFact) {
        guard fact.kind == .dispatchRecorded else { return }
        let content = Committed(at: fact.at, digest: fact.digest)
        if fact.modification == 0 {
            committed[fact.key] = content
        } else {
            modified[fact.key, default: [:]][fact.modification] = content
        }
    }

    mutating func see(_ fact: ObservationFact) {
        guard fact.kind == .received else { return }
        let content = fact.modification == 0 ? committed[fact.key] : modified[fact.key]?[fact.modification]
        guard let content else {
            findings.examine(false, at: fact.at, "a client received the \(fact.key.words), which was never committed")
            return
        }
        findings.examine(
            content.at <= fact.at && content.digest == fact.digest,
            at: fact.at,
            content.at > fact.at
                ? "a client received the \(fact.key.words) before its commit"
                : "a client received the \(fact.key.words) with another message than was committed"
        )
    }
}
