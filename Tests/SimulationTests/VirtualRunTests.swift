import DispatchStore
import Simulation
import TestSupport
import Testing

@Suite struct VirtualRunTests {
    private static let small = """
        name: Small
        seed: 3
        starts: 2024-06-03T16:00:00-07:00
        lasts: 1h
        programs: [{id: 1, name: Cool Mornings}]
        customers:
          - {ids: 1..20, name: "Site {id}", program: 1, phone: "+16175550100", email: "site@grid.example", channels: [email, websocket]}
          - {id: 21, name: Nobody, program: 1, channels: []}
        clients:
          - {of: {program: 1}, link: {delay: 40ms, jitter: 10ms, loss: 1%}, acknowledges: {after: "uniform(10s, 60s)"}}
          - {of: {customer: 20}, acknowledges: never}
          - {of: {customers: 1..5}, disconnects: {at: 16:09, spread: 2m, for: 30s}}
        timeline:
          - {at: 16:10, incident: {id: peak, program: 1, event_type: market_dispatch, start: "16:30", end: "16:50"}}
        expect:
          - dispatches == 41
          - acknowledged == 19
          - undeliverable == 1
        """

    @Test func `a small scenario meets its expectations and breaks no invariant`() async throws {
        let outcome = try await run(scenario: Self.small).outcome
        #expect(outcome.expectations.filter { !$0.held } == [])
        #expect(outcome.checks.flatMap(\.violations) == [])
        // There is no restart in it.
        #expect(outcome.checks.filter { $0.examined == 0 }.map(\.number) == [9])
        #expect(outcome.header.verdict == .passed)
    }

    @Test func `the same seed gives the same record, another seed another one`() async throws {
        let first = try await contents(run(scenario: Self.small))
        let second = try await contents(run(scenario: Self.small))
        let other = try await contents(run(scenario: Self.small, seed: 4))
        #expect(first == second)
        #expect(first != other)
        #expect(first.contains { $0.contains("emit.dispatch") })
    }

    @Test func `an expectation that falls short says what was observed`() async throws {
        let short = Self.small.replacing("acknowledged == 19", with: "acknowledged == 20")
        let outcome = try await run(scenario: short).outcome
        #expect(outcome.header.verdict == .failed)
        #expect(outcome.expectations.first { !$0.held }?.observed == "19")
    }

    /// Everything in the record but the wall clock's values.
    private func contents(_ run: ScenarioRun) throws -> [String] {
        let tables = ["journal", "dispatches", "observations"]
        return try RecordRows.read(tables.map { "SELECT * FROM \($0)" }, from: run.record)
    }
}
