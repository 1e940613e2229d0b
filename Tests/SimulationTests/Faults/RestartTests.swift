import DispatchStore
import Simulation
import TestSupport
import Testing

/// What clients and script see of a server that goes and comes back, each way.
@Suite struct RestartTests {
    /// Ten sites are joined by 16:01; the clock of the record's rows is told in seconds after 16:00.
    private static func scenario(timeline: String, fault: String) -> String {
        """
        name: Restarted
        seed: 8
        starts: 2024-06-03T16:00:00-07:00
        lasts: 30m
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{ids: 1..10, name: "Site {id}", program: 1, channels: [websocket]}]
        clients: [{of: all, link: {delay: 40ms}, acknowledges: {after: 30s}}]
        timeline: [\(timeline)]
        faults: [\(fault)]
        expect: [acknowledged == 10]
        """
    }

    private static func incident(at: String, start: String = "16:20", end: String = "16:25") -> String {
        "{at: \(at), incident: {id: peak, program: 1, event_type: market_dispatch, start: \"\(start)\", end: \"\(end)\"}}"
    }

    private static let seconds = "(at - (SELECT starts_at FROM run)) / 1000000"

    private func passes(_ run: ScenarioRun) {
        #expect(run.outcome.expectations.filter { !$0.held } == [])
        #expect(run.outcome.checks.flatMap(\.violations) == [])
    }

    private func rows(_ sql: String, _ run: ScenarioRun) throws -> [String] {
        try RecordRows.read([sql.replacing("SECONDS", with: Self.seconds)], from: run.record)
    }

    @Test(arguments: ["kill", "term"])
    func `clients see a server go and are back once it is`(how: String) async throws {
        let run = try await run(
            scenario: Self.scenario(
                timeline: Self.incident(at: "16:10"),
                fault: "{at: 16:05, restart: {how: \(how), down: 30s}}"
            )
        )
        passes(run)
        #expect(
            try rows(
                "SELECT SECONDS, count(*) FROM observations WHERE kind = 'disconnected' AND session = 1 GROUP BY 1",
                run
            )
                == ["300 | 10"]
        )
        #expect(
            try rows(
                "SELECT count(*), min(SECONDS) >= 330 FROM observations WHERE kind = 'joined' AND session = 2",
                run
            )
                == ["10 | 1"]
        )
        // One that ends in order keeps that its sessions are gone; one that is killed keeps nothing any more.
        #expect(
            try rows("SELECT count(*) FROM journal WHERE kind = 'room.left' AND SECONDS < 330", run)
                == [how == "term" ? "10" : "0"]
        )
    }

    @Test func `while a server is paused nothing moves, afterwards its timers are late, and nobody is lost`()
        async throws
    {
        let early = Self.incident(at: "16:01", start: "16:02", end: "16:05:05").replacing("peak", with: "early")
        let run = try await run(
            scenario: Self.scenario(
                timeline: early + ", " + Self.incident(at: "16:05:02"),
                fault: "{at: 16:05, restart: {how: pause, down: 15s}}"
            ).replacing("acknowledged == 10", with: "acknowledged == 20")
        )
        passes(run)
        #expect(try rows("SELECT count(*) FROM journal WHERE SECONDS BETWEEN 300 AND 314", run) == ["0"])
        #expect(
            try rows("SELECT SECONDS FROM journal WHERE kind = 'deadline.reached' ORDER BY 1 LIMIT 1", run) == ["315"]
        )
        #expect(
            try rows("SELECT SECONDS FROM journal WHERE kind = 'incident.requested' AND SECONDS > 100", run) == ["315"]
        )
        #expect(try rows("SELECT count(*) FROM observations WHERE session > 1", run) == ["0"])
        #expect(
            try rows("SELECT count(*) FROM observations WHERE kind = 'disconnected' AND SECONDS < 1800", run) == ["0"]
        )
    }

    @Test func `an incident that is asked for while the server is away is asked for again, and opened once`()
        async throws
    {
        let run = try await run(
            scenario: Self.scenario(
                timeline: Self.incident(at: "16:05:05"),
                fault: "{at: 16:05, restart: {how: kill, down: 20s}}"
            )
        )
        passes(run)
        #expect(try rows("SELECT count(*) FROM incidents", run) == ["1"])
        #expect(try rows("SELECT count(*) FROM journal WHERE kind = 'incident.requested'", run) == ["1"])
        #expect(
            try rows("SELECT (committed_at - due_at) / 1000000 BETWEEN 15 AND 16, refusal IS NULL FROM script", run)
                == ["1 | 1"]
        )
    }

    @Test func `an incident whose answer a kill has lost is asked for again under its key, and opened once`()
        async throws
    {
        let run = try await run(
            scenario: Self.scenario(
                timeline: Self.incident(at: "16:10"),
                fault: "{on: {committed: peak}, restart: {how: kill, down: 5s, between: [commit, effects]}}"
            )
        )
        passes(run)
        #expect(try rows("SELECT count(*) FROM incidents", run) == ["1"])
        #expect(try rows("SELECT count(*) FROM journal WHERE kind = 'incident.requested'", run) == ["2"])
        #expect(try rows("SELECT refusal IS NULL FROM script", run) == ["1"])
    }

    /// The server is back before the change falls due, but the incident is asked for again only after that.
    @Test func `a change that falls due in the same outage does not overtake its incident`() async throws {
        let change = #"{at: 16:05:07, modify: {incident: peak, end: "16:28"}}"#
        let run = try await run(
            scenario: Self.scenario(
                timeline: Self.incident(at: "305800ms") + ", " + change,
                fault: "{at: 16:05, restart: {how: kill, down: 6900ms}}"
            )
        )
        passes(run)
        #expect(try rows("SELECT kind, refusal IS NULL FROM script", run) == [#""incident" | 1"#, #""modify" | 1"#])
        #expect(try rows("SELECT modification FROM incidents", run) == ["1"])
    }
}
