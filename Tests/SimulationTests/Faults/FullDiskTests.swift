import DemandResponse
import DispatchStore
import Journal
import TestSupport
import Testing

@testable import Simulation

/// A disk that fills up in virtual time, under sessions that stay.
@Suite struct FullDiskTests {
    private static let scenario = """
        name: Full
        seed: 2
        starts: 2024-06-03T16:00:00-07:00
        lasts: 30m
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{ids: 1..10, name: "Site {id}", program: 1, channels: [websocket]}]
        clients: [{of: all, link: {delay: 40ms}, acknowledges: {after: 30s}}]
        timeline:
          - {at: 16:05, incident: {id: lost, program: 1, event_type: market_dispatch, start: "16:20", end: "16:25"}}
          - {at: 16:10, incident: {id: kept, program: 1, event_type: market_dispatch, start: "16:20", end: "16:25"}}
        expect: [dispatches == 10, acknowledged == 10]
        """

    @Test
    func `what finds it full is refused and never seen; sessions stay, are introduced anew, and hear what comes later`()
        async throws
    {
        let run = try await run(scenario: Self.scenario) { FillingUp($0) }
        // The script cannot announce it, and the run says so.
        #expect(run.outcome.expectations.filter { !$0.held }.map(\.text) == ["incident lost is taken"])
        #expect(run.outcome.checks.flatMap(\.violations) == [])
        let rows = try RecordRows.read(
            [
                "SELECT name, committed_at IS NOT NULL, refusal LIKE '%full%' FROM script ORDER BY due_at",
                "SELECT count(*) FROM incidents",
                "SELECT count(*) FROM observations WHERE session > 1",
                // The rules that begin anew hear of every session once more.
                """
                SELECT kind, count(*) FROM journal WHERE sequence >= (SELECT max(sequence) FROM journal WHERE kind = 'started')
                    AND kind IN ('started', 'room.observers', 'room.entered') GROUP BY 1 ORDER BY 1
                """,
            ],
            from: run.record
        )
        #expect(
            rows == [
                #""lost" | 0 | 1"#, #""kept" | 1 | NULL"#, "1", "0", #""room.entered" | 10"#, #""room.observers" | 10"#,
                #""started" | 1"#,
            ]
        )
    }
}

/// Full when the first incident comes, and for five more attempts.
private final class FillingUp: DispatchStorage {
    private let storage: FaultyStorage
    private var hasBeenFull = false

    init(_ storage: any DispatchStorage) { self.storage = FaultyStorage(around: storage) }

    func commit(_ entries: [JournalEntry]) throws(StoreError) {
        let opens = entries.contains { if case .incidentRequested = $0.input { true } else { false } }
        if opens, !hasBeenFull {
            hasBeenFull = true
            storage.state = .full
        }
        try storage.commit(entries)
    }

    func snapshot() throws(StoreError) -> DispatcherSnapshot { try storage.snapshot() }

    func probe() throws(StoreError) {
        if storage.refusals > 5 { storage.state = .healthy }
        try storage.probe()
    }
}
