internal import DemandResponse
internal import DispatchStore
internal import Journal
internal import Scenarios

/// What a scenario asks for without a word under `expect`: that the dispatcher takes each request of the script, or refuses it
/// for the announced reason, and that each fault strikes. What did not happen so would otherwise make a run look better than it was.
extension Scenario {
    /// What fell short of that, in the order of the timeline and of the faults; empty if nothing did.
    func shortcomings(of result: WorldResult) -> [ExpectationFinding] {
        zip(timeline, result.script).compactMap { $0.shortcoming(of: $1) } + inertFaults(result)
    }

    private func inertFaults(_ result: WorldResult) -> [ExpectationFinding] {
        zip(faults, result.struck).filter { !$0.1 }.map { fault, _ in
            ExpectationFinding(
                line: fault.location.line,
                text: "\(fault.id) strikes",
                observed: "did nothing",
                held: false,
                explanation: "what it waits for did not happen, or the server was down already"
            )
        }
    }
}

extension TimelineEntry {
    fileprivate func shortcoming(of step: ScriptStep) -> ExpectationFinding? {
        let refusal = step.refusal.flatMap { text in
            Refusal.Code(rawValue: String(text.prefix { $0 != ":" })).map { code in
                AnnouncedRefusal(code, limits: LimitDetail.rules(text))
            }
        }
        let isAnswered = step.refusal != nil || step.committedAt != nil
        let isAsScripted =
            refused.map { announced in refusal.map(announced.announces) ?? false }
            ?? (isAnswered && step.refusal == nil)
        guard !isAsScripted else { return nil }
        var explanation: String?
        if let refused {
            explanation = "the entry announces refused: \(refused.text)"
        } else if let refusal {
            explanation = "if it is meant to be, the entry announces it, as refused: \(refusal.text)"
        } else if !isAnswered {
            explanation = "the run ended before the dispatcher answered"
        }
        return ExpectationFinding(
            line: location.line,
            text: "\(step.kind.rawValue) \(step.name) is \(refused.map { "refused: \($0.text)" } ?? "taken")",
            observed: step.refusal.map { "refused: \($0)" } ?? (isAnswered ? "taken" : "not answered"),
            held: false,
            explanation: explanation
        )
    }
}
