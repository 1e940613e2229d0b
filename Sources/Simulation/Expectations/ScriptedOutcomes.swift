internal import DemandResponse
internal import DispatchStore
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
        let observed: String
        let explanation: String
        switch (refused, step.refusal) {
        case (nil, nil) where step.committedAt == nil:
            observed = "not answered"
            explanation = "the run ended before the dispatcher answered"
        case (nil, nil):
            return nil
        case (nil, let refusal?):
            observed = "refused: \(refusal)"
            explanation = "if it is to be refused, the entry says so: refused: and the reason's name"
        case (let code?, nil):
            observed = "taken"
            explanation = "the entry announces refused: \(code.rawValue)"
        case (let code?, let refusal?):
            if refusal.hasPrefix("\(code.rawValue): ") { return nil }
            observed = "refused: \(refusal)"
            explanation = "the entry announces refused: \(code.rawValue)"
        }
        return ExpectationFinding(
            line: location.line,
            text: "\(step.kind.rawValue) \(step.name) is \(refused.map { "refused: \($0.rawValue)" } ?? "taken")",
            observed: observed,
            held: false,
            explanation: explanation
        )
    }
}
