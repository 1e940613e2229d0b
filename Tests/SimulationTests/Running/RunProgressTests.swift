import Simulation
import Synchronization
import TestSupport
import Testing

@Suite("The progress of a run") struct RunProgressTests {
    private static let scenario = """
        name: Progress
        seed: 1
        starts: 2024-06-03T16:00:00-07:00
        lasts: 20m
        server: {ping_interval: 10m, ping_timeout: 5m}
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{ids: 1..2000, name: "Site {id}", program: 1, channels: [websocket]}]
        clients: [{of: all, connects: {at: 0s, spread: 2m}, acknowledges: {after: "uniform(10s, 60s)"}}]
        timeline: [{at: 5m, incident: {id: a, program: 1, event_type: x, start: 1h, end: 2h}}]
        expect: [dispatches == 2000]
        """

    @Test func `it only goes on, and never beyond the whole`() async throws {
        let heard = Mutex<[RunProgress]>([])
        _ = try await run(scenario: Self.scenario) { progress in heard.withLock { $0.append(progress) } }
        let steps = heard.withLock { $0 }
        try #require(steps.count > 1)
        #expect(steps.allSatisfy { (0...1).contains($0.fraction) })
        for (earlier, later) in zip(steps, steps.dropFirst()) {
            #expect(earlier.fraction <= later.fraction)
            #expect(earlier.dispatches <= later.dispatches)
            #expect(earlier.events < later.events)
        }
        #expect(steps.last.map { $0.dispatches <= 2_000 } == true)
    }
}
