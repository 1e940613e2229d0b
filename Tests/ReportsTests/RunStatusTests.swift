import Reports
import TestSupport
import Testing

@Suite struct RunStatusTests {
    @Test(arguments: [
        ([RunStatus.allHeld, .allHeld], RunStatus.allHeld),
        ([.expectationFailed, .decisionsDiffer], .decisionsDiffer),
        ([.invariantBroken, .decisionsDiffer, .expectationFailed], .invariantBroken),
        ([.allHeld, .invalidScenario], .invalidScenario),
        ([.expectationFailed, .invalidScenario], .invalidScenario),
        ([.invalidScenario, .decisionsDiffer], .decisionsDiffer),
        ([.invalidScenario, .invariantBroken], .invariantBroken),
        ([.invalidScenario, .noScenarioMatched], .invalidScenario),
        ([.invariantBroken, .internalError], .internalError),
        ([.noScenarioMatched, .allHeld], .noScenarioMatched),
        ([], .noScenarioMatched),
    ])
    func theWorstOfSeveralStandsForAll(_ statuses: [RunStatus], _ combined: RunStatus) {
        #expect(RunStatus.combined(statuses) == combined)
        #expect(RunStatus.combined(statuses.reversed()) == combined)
    }

    @Test func theNumbersAreTheCommandsExitStatuses() {
        #expect(RunStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 64, 70])
    }

    @Test func anEmptySuiteIsNoPass() {
        #expect(SuiteSummary(entries: []).status == .noScenarioMatched)
    }

    @Test func aFileThatCannotBeReadIsNeverASilentZero() throws {
        let run = try SampleRun().summary(in: Scratch())
        let broken = BrokenRun(name: "storm", path: "storm.yaml", message: "no", status: .invalidScenario)
        let suite = SuiteSummary(entries: [.run(run), .broken(broken)])
        #expect(suite.status == .invalidScenario)
        #expect(suite.statuses == [.invalidScenario, .allHeld])
    }
}
