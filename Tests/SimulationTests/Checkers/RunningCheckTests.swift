import DispatchStore
import Simulation
import TestSupport
import Testing

/// What is tallied and checked while a run goes on is what the record says afterwards.
@Suite struct RunningCheckTests {
    private static let eventful = """
        name: Eventful
        seed: 4
        starts: 2024-06-03T16:00:00-07:00
        lasts: 1h
        programs: [{id: 1, name: Cool Mornings, acknowledge_within: 3m}]
        customers:
          - {ids: 1..40, name: "Site {id}", program: 1, phone: "+16175550100", email: "site@grid.example", channels: [text, email, websocket]}
          - {id: 41, name: Nobody, program: 1, channels: []}
        clients:
          - {of: all, acknowledges: {after: "uniform(10s, 6m)", share: 90%, declines: 20%}}
          - {of: {customers: 5..9}, disconnects: {at: 16:12, for: 2m}}
        carriers: {text: {delay: 20s, fails: 30%}, email: {delay: 1m, fails: {share: 20%, kind: permanent}}}
        timeline:
          - {at: 16:10, incident: {id: first, program: 1, event_type: market_dispatch, start: "16:30", end: "16:50"}}
          - {at: 16:14, modify: {incident: first, end: "16:40"}}
          - {at: 16:20, incident: {id: second, program: 1, event_type: market_dispatch, start: "16:50", end: "16:55"}}
          - {at: 16:22, cancel: {incident: second}}
          - {at: 16:41, modify: {incident: first, end: "16:50"}, refused: incident-over}
        faults: [{at: 16:16, restart: {how: kill, down: 20s}}]
        expect: [dispatches == 242]
        """

    @Test func `a run's tally and its findings are those of its record, read back`() async throws {
        let run = try await run(scenario: Self.eventful)
        let database = try RunRecord.openUnproven(at: run.record)
        let history = try database.readHistory()
        #expect(run.outcome.history.records == history.records)
        #expect(run.outcome.history.names == history.names)
        #expect(run.outcome.history.refusals == history.refusals)
        #expect(history.records.contains { $0.modification == 1 && $0.acknowledgedAt != nil && $0.receivedAt != nil })
        #expect(run.outcome.checks.allSatisfy { $0.examined > 0 && $0.violationCount == 0 })
        try database.close()
    }
}
