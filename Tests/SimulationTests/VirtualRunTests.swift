import DispatchStore
import Foundation
import Scenarios
import Simulation
import TestSupport
import Testing

@Suite struct VirtualRunTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ text: String, seed: UInt64? = nil) async throws -> RunOutcome {
        let scenario = try ScenarioReader.read(text: text, path: "small.yaml").get()
        let options = RunOptions(seed: seed, reports: scratch.file(UUID().uuidString), version: "test")
        return try await Runner(scenario, options: options).run { _ in }
    }

    private static let small = """
        name: Small
        seed: 3
        starts: 2024-06-03T16:00:00-07:00
        lasts: 1h
        programs: [{id: 1, name: Cool Mornings}]
        customers:
          - {ids: 1..20, name: "Site {id}", program: 1, channels: [email, websocket]}
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
        let outcome = try await run(Self.small)
        #expect(outcome.expectations.filter { !$0.held } == [])
        #expect(outcome.checks.flatMap(\.violations) == [])
        #expect(outcome.checks.allSatisfy { $0.examined > 0 })
        #expect(outcome.header.verdict == .passed)
    }

    @Test func `the same seed gives the same record, another seed another one`() async throws {
        let first = try await contents(run(Self.small))
        let second = try await contents(run(Self.small))
        let other = try await contents(run(Self.small, seed: 4))
        #expect(first == second)
        #expect(first != other)
        #expect(first.contains("emit.dispatch"))
    }

    @Test func `an expectation that falls short says what was observed`() async throws {
        let outcome = try await run(Self.small.replacing("acknowledged == 19", with: "acknowledged == 20"))
        #expect(outcome.header.verdict == .failed)
        #expect(outcome.expectations.first { !$0.held }?.observed == "19")
    }

    /// Everything in the record but the wall clock's values.
    private func contents(_ outcome: RunOutcome) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "sqlite3", outcome.record, "SELECT * FROM journal; SELECT * FROM dispatches; SELECT * FROM observations;",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
