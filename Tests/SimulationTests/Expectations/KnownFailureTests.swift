import Base
import DispatchStore
import Measures
import Scenarios
import Simulation
import TestSupport
import Testing

@Suite struct KnownFailureTests {
    private static let scenario = """
        name: Known
        seed: 1
        starts: 2024-06-03T16:00:00-07:00
        lasts: 30m
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{id: 1, name: Site, program: 1, channels: [websocket]}]
        clients: []
        timeline: [{at: 1m, incident: {id: peak, program: 1, event_type: e, start: 16:05, end: 16:10}}]
        expect:
          - {expect: dispatches == DISPATCHES, known: {issue: "#12", until: 2027-01-31, why: "a dispatch is lost"}}
        """

    private static func outcome(dispatches: Int, on day: CivilTime?) async throws -> RunOutcome {
        try await outcome(expecting: "dispatches == \(dispatches)", on: day)
    }

    private static func outcome(expecting text: String, on day: CivilTime?) async throws -> RunOutcome {
        let scratch = try Scratch()
        let text = scenario.replacing("dispatches == DISPATCHES", with: text)
        var options = RunOptions(reports: scratch.path, version: "test")
        options.today = day?.timestamp()
        return try await Runner(Scenario(text: text), options: options).run { _ in }
    }

    private static let lastSecond = CivilTime(year: 2027, month: 1, day: 31, hour: 23, minute: 59, second: 59)
    private static let nextDay = CivilTime(year: 2027, month: 2, day: 1, hour: 0, minute: 0)

    @Test func `what is known to fall short lets the run pass until its last day is over`() async throws {
        let known = try await Self.outcome(dispatches: 2, on: Self.lastSecond)
        #expect(known.header.verdict == .passed)
        let finding = try #require(known.expectations.first)
        #expect(finding.verdict == .known && finding.passes && !finding.held && !finding.knownIsOver)
        #expect(finding.known == KnownFailure(issue: "#12", until: "2027-01-31", why: "a dispatch is lost"))

        let over = try await Self.outcome(dispatches: 2, on: Self.nextDay)
        #expect(over.header.verdict == .failed)
        #expect(over.expectations.map(\.verdict) == [.fellShort])
        #expect(over.expectations.map(\.knownIsOver) == [true])
    }

    @Test(arguments: [
        "'acknowledgement_latency{channel:email}.p50 < 1s'", "confirmation_latency.p50 < 1s",
        "never email after cancelled",
    ])
    func `what nothing measures is not what is known`(_ text: String) async throws {
        let run = try await Self.outcome(expecting: text, on: Self.lastSecond)
        #expect(run.header.verdict == .failed)
        #expect(run.expectations.map(\.verdict) == [.fellShort])
    }

    @Test func `what is known to fall short and holds fails the run, and once its day is over simply holds`()
        async throws
    {
        let outlived = try await Self.outcome(dispatches: 1, on: Self.lastSecond)
        #expect(outlived.header.verdict == .failed)
        #expect(outlived.expectations.map(\.verdict) == [.outlived])
        let held = try await Self.outcome(dispatches: 1, on: Self.nextDay)
        #expect(held.header.verdict == .passed)
        #expect(held.expectations.map(\.verdict) == [.held])
    }
}
