import Scenarios
import Simulation
import TestSupport
import Testing

/// A heartbeat that changes nothing is reckoned and not played: the record is that of a run in which every one of them is played.
@Suite struct HeartbeatTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Connections that are cut (some of them while a ping is under way), a pause that some pings fall into, a killed server, clients who
    /// leave, and a link on which nothing takes the same time twice.
    private static let eventful = """
        name: A day of heartbeats
        seed: 5
        starts: 2024-06-03T08:00:00-07:00
        lasts: 6h
        server: {ping_interval: 20s, ping_timeout: 9s}
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{ids: 1..60, name: "Site {id}", program: 1, channels: [websocket]}]
        clients:
          - {of: all, connects: {at: 0s, spread: 7s}, link: {delay: 700ms}, acknowledges: {after: "uniform(5s, 4m)"}}
          - {of: {customers: 1..20}, disconnects: {at: 08:31, spread: 40s, for: 25s}}
          - {of: {customers: 21..25}, connects: {at: 60s, for: 2h}}
          - {of: {customers: 26..35}, link: {delay: 40ms, jitter: 15ms, loss: 1%}}
          - {of: {customers: 36..40}, link: {delay: 5s}}
        timeline:
          - {at: 08:30, incident: {id: first, program: 1, event_type: market_dispatch, start: "08:45", end: "09:15"}}
          - {at: 11:00, incident: {id: second, program: 1, event_type: market_dispatch, start: "11:30", end: "12:00"}}
          - {at: 13:00, incident: {id: third, program: 1, event_type: market_dispatch, start: "13:30", end: "13:45"}}
        faults:
          - {at: 10:00:13, restart: {how: pause, down: 13s}}
          - {at: 10:40:05, restart: {how: pause, down: 2m}}
          - {at: 12:20:07, restart: {how: kill, down: 12s}}
          - {at: 12:40:07, restart: {how: term, down: 3s}}
        expect: [dispatches == 180]
        """

    private func record(reckoning: Bool) async throws -> (rows: [String], events: Int) {
        let scenario = try Scenario(text: Self.eventful, as: "heartbeats")
        var options = RunOptions(reports: scratch.file("\(reckoning)"), version: "test")
        options.reckonsHeartbeats = reckoning
        let outcome = try await Runner(scenario, options: options).run { _ in }
        let tables = ["journal", "observations", "dispatches", "acknowledgements", "script", "expectations", "checks"]
        return (try RecordRows.read(tables.map { "SELECT * FROM \($0)" }, from: outcome.record), outcome.events)
    }

    @Test func `a run whose heartbeats are reckoned leaves the record of one in which they are played`() async throws {
        let played = try await record(reckoning: false)
        let reckoned = try await record(reckoning: true)
        #expect(played.rows.count { $0.contains("disconnected") } > 60)
        let difference = zip(played.rows, reckoned.rows).first { $0 != $1 }
        #expect(difference?.0 == difference?.1)
        #expect(reckoned.rows.count == played.rows.count)
        #expect(reckoned.events * 2 < played.events)
    }
}
