internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 2: whatever a client received had been committed earlier, with the same content.
struct PhantomChecker: Checker {
    var findings = Findings(number: 2, name: "no phantom")

    mutating func see(_ seen: Observation, _ known: KnownRecords) {
        guard seen.kind == .received, let key = seen.key, let modification = seen.modification else { return }
        guard let content = known.commit(of: modification, key) else {
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
