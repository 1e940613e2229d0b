import DispatchStore
import Foundation
import GRDB
import Simulation
import TestSupport
import Testing

/// Invariant 1 where an incident names groups of the program's customers.
@Suite struct GroupCoverageTests {
    private static let zones = """
        name: Zones
        seed: 3
        starts: 2024-06-03T16:00:00-07:00
        lasts: 30m
        programs: [{id: 1, name: Zones}]
        customers:
          - {ids: 1..2, name: "Site {id}", program: 1, group: north, channels: [websocket]}
          - {id: 3, name: South, program: 1, group: south, channels: [websocket]}
          - {id: 4, name: Alone, program: 1, channels: [websocket]}
        clients: [{of: all, acknowledges: {after: 30s}}]
        timeline: [{at: 16:05, incident: {id: peak, program: 1, group: north, event_type: x, start: "16:10", end: "16:20"}}]
        expect: [dispatches == 2, "dispatches{group:south} == 0", "acknowledged{group:north} == 2"]
        """

    @Test func `those of the group are due, and nobody else`() async throws {
        let run = try await run(scenario: Self.zones)
        #expect(run.outcome.expectations.filter { !$0.held } == [])
        let scratch = try Scratch()
        for (sql, violation) in [
            ("", nil),
            (
                "DELETE FROM dispatches WHERE customer = 2",
                "there is no dispatch of incident 1 to customer 2 by websocket"
            ),
            (
                "UPDATE dispatches SET customer = 3 WHERE customer = 2",
                "nobody asked for the dispatch of incident 1 to customer 3 by websocket"
            ),
            (
                "UPDATE dispatches SET customer = 4 WHERE customer = 2",
                "nobody asked for the dispatch of incident 1 to customer 4 by websocket"
            ),
        ] {
            let path = scratch.file("planted.sqlite")
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: run.outcome.record, toPath: path)
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: sql) }
            try queue.close()
            let messages = try Rehearsed.findings(of: path)[1]?.violations.map(\.message) ?? ["not checked"]
            #expect(violation.map { messages.contains($0) } ?? messages.isEmpty, "\(sql): \(messages)")
        }
    }
}
