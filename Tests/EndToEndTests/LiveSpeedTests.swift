import Base
import DispatchStore
import Foundation
import TestSupport
import Testing
import Measures

/// A live run's speed is a matter of waiting less: people's latencies keep the grid's time, the software's the machine's.
///
/// Each run is a process of its own: a live run shares its threads with no other test.
@Suite(.serialized) struct LiveSpeedTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Half of the sites are away when they are called and come five minutes later; a few have an e-mail as well.
    private static let scenario = """
        name: At any speed
        seed: 11
        starts: 2024-06-25T18:00:00-04:00
        lasts: 3h
        programs: [{id: 1, name: Distribution Load Relief, acknowledge_within: 1h}]
        customers:
          - {ids: 1..40, name: "Site {id}", program: 1, channels: [websocket]}
          - {ids: 41..50, name: "Office {id}", program: 1, email: "office{id}@sites.example", channels: [email, websocket]}
        clients:
          - {of: all, link: {delay: 20ms}, acknowledges: {after: "uniform(5m, 15m)"}}
          - {of: {customers: 21..40}, connects: {at: 10m}}
        carriers: {email: {delay: 10m}}
        timeline: [{at: 5m, incident: {id: relief, program: 1, event_type: emergency, start: 2h, end: 3h}}]
        expect:
          - dispatches == 60
          - acknowledged == 50 within 25m
          - delivery_latency{channel:email}.p50 >= 10m
          - acknowledgement_latency.p50 < 25m
        """

    private func run(_ text: String, _ options: String...) async throws -> (outcome: Outcome, folder: String) {
        let scenario = try scratch.write(text, to: "scenario.yaml")
        let reports = scratch.file("reports" + options.joined())
        let run = try Command(["run", scenario, "--reports", reports] + options, in: scratch)
        let outcome = try await run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        return (outcome, reports + "/scenario")
    }

    private func answers(_ folder: String) throws -> Population {
        let database = try RunRecord.openUnproven(at: folder + "/record.sqlite")
        defer { try? database.close() }
        return Measurements(try database.readHistory()).latencies(.acknowledgement)
    }

    @Test func `people take as long at sixty times the speed as in virtual time`() async throws {
        let virtual = try answers(await run(Self.scenario).folder)
        let (outcome, folder) = try await run(Self.scenario, "--live", "--until-quiet", "--speed", "60")
        let live = try answers(folder)
        #expect(virtual.count == 50 && live.count == 50 && live.endless == 0)
        for perMille in [500, 900] {
            guard case .span(let expected) = virtual.percentile(perMille: perMille),
                case .span(let found) = live.percentile(perMille: perMille)
            else {
                Issue.record("no percentile")
                return
            }
            // What a busy machine wakes late, sixty times as long.
            #expect(found - expected < .seconds(60) && expected - found < .seconds(60), "\(found) \(expected)")
        }
        #expect(outcome.output.contains("grid time, 60 times as fast: acknowledgement"))
        #expect(outcome.output.contains("network it runs on: link"))
    }

    @Test func `the software is as fast at six hundred times the speed`() async throws {
        let present = Self.scenario.replacing("connects: {at: 10m}", with: "connects: {at: 0s}")
        let text = present + "\n  - delivery_latency{channel:websocket}.p50 < 1s\n  - confirmation_latency.p50 < 1s"
        let (_, folder) = try await run(text, "--live", "--until-quiet", "--speed", "600")
        let summary = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: folder + "/summary.json"))
        )
        let clocks = (summary as? [String: Any])?["latency_clocks"] as? [String: Any]
        #expect(clocks?["speed"] as? Int == 600)
    }
}
