import DispatchStore
import Simulation
import TestSupport
import Testing

/// What the dispatcher makes of the script's requests is held against the script, without a word under `expect`.
@Suite struct ScriptedOutcomeTests {
    private struct Case: CustomTestStringConvertible {
        let testDescription: String
        var entries: String
        /// The texts of what falls short, and what was observed instead.
        var shortcomings: [String] = []
    }

    private static let opened = "{at: 1m, incident: {id: peak, program: 1, event_type: e, start: 16:05, end: 16:10}}"

    private static let cases: [Case] = [
        Case(testDescription: "taken", entries: opened),
        Case(
            testDescription: "refused without an announcement",
            entries: "\(opened), {at: 11m, cancel: peak}",
            shortcomings: ["cancel peak is taken, not refused: incident-over"]
        ),
        Case(
            testDescription: "refused as announced",
            entries: "\(opened), {at: 11m, cancel: peak, refused: incident-over}"
        ),
        Case(
            testDescription: "refused for another reason than the announced one",
            entries: "\(opened), {at: 11m, cancel: peak, refused: unknown-incident}",
            shortcomings: ["cancel peak is refused: unknown-incident, not refused: incident-over"]
        ),
        Case(
            testDescription: "announced as refused, and taken",
            entries: "\(opened), {at: 2m, cancel: peak, refused: incident-over}",
            shortcomings: ["cancel peak is refused: incident-over, not taken"]
        ),
    ]

    @Test(arguments: cases) private func `a request falls short unless what came of it is what the script says`(
        _ example: Case
    ) async throws {
        let run = try await run(
            scenario: """
                name: Refusals
                seed: 1
                starts: 2024-06-03T16:00:00-07:00
                lasts: 30m
                programs: [{id: 1, name: Cool Mornings}]
                customers: [{id: 1, name: Site, program: 1, channels: [websocket]}]
                clients: []
                timeline: [\(example.entries)]
                expect: [dispatches == 1]
                """
        )
        let shortcomings = run.outcome.expectations.filter { !$0.held }
        #expect(shortcomings.allSatisfy { $0.line == 8 })
        #expect(
            shortcomings.map { "\($0.text), not \($0.observed.split(separator: ":").prefix(2).joined(separator: ":"))" }
                == example.shortcomings
        )
        #expect(run.outcome.header.verdict == (example.shortcomings.isEmpty ? .passed : .failed))
    }
}
