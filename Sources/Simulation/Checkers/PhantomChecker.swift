internal import Base
import DemandResponse
import DispatchStore
import Journal

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
        guard case .dispatch(let key, let modification, _, let digest) = fact.content else { return }
        let content = Committed(at: fact.at, digest: digest)
        if modification == 0 {
            committed[key] = content
        } else {
            modified[key, default: [:]][modification] = content
        }
    }

    mutating func see(_ seen: Observation) {
        guard seen.kind == .received, let key = seen.key, let modification = seen.modification else { return }
        let content = modification == 0 ? committed[key] : modified[key]?[modification]
        guard let content else {
            findings.examine(false, at: seen.at, "a client received the \(key.words), which was never committed")
            return
        }
        findings.examine(
            content.at <= seen.at && content.digest == seen.digest,
            at: seen.at,
            content.at > seen.at
                ? "a client received the \(key.words) before its commit"
                : "a client received the \(key.words) with another message than was committed"
        )
    }
}
