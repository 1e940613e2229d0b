import DispatchStore
import Foundation
import Scenarios
import Simulation
import Testing

/// The same scenario, seed and build decide the same in virtual time and over real sockets; only the times differ.
@Suite(.serialized) struct BothWorldsTests {
    private static func decisions(
        of scenario: Scenario,
        _ world: RunHeader.World,
        speed: Double = 1
    ) async throws -> [String] {
        let folder = try Scratch()
        let options = RunOptions(world: world, speed: speed, reports: folder.path, version: "test")
        let outcome = try await Runner(scenario, options: options).run { _ in }
        #expect(outcome.checks.flatMap(\.violations) == [])
        #expect(outcome.checks.filter { $0.examined == 0 }.map(\.name) == [])
        let leftBehind = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.contains("record.") }.map { URL(fileURLWithPath: $0).lastPathComponent }
        #expect(leftBehind == ["record.sqlite"])
        return try Decisions.read(outcome)
    }

    private static func expectEqual(_ scenario: Scenario, speed: Double, dispatches: Int) async throws {
        let virtual = try await decisions(of: scenario, .virtual)
        let live = try await decisions(of: scenario, .live, speed: speed)
        #expect(virtual.count { $0.hasPrefix("\"dispatch\"") } == dispatches)
        let difference = zip(virtual, live).first { $0 != $1 }
        #expect(difference?.0 == difference?.1)
        #expect(virtual.count == live.count)
    }

    @Test func `the seed roster is dispatched alike in both worlds`() async throws {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let root = (0..<3).reduce(here) { url, _ in url.deletingLastPathComponent() }
        let reading = ScenarioReader.read(path: root.appendingPathComponent("scenarios/seed.yaml").path)
        try await Self.expectEqual(try #require(reading.value), speed: 200, dispatches: 23)
    }

    /// Some never answer, some decline, some connect only to answer an e-mail, some e-mails bounce; one incident is modified,
    /// one cancelled and then asked for what it can no longer do.
    ///
    /// Nothing is decided by who is faster: whom an incident is taken from does not answer it, and between two steps of the
    /// script a slow machine has seconds.
    private static let thousand = """
        name: A thousand
        seed: 1000
        starts: 2024-06-25T18:00:00-04:00
        lasts: 10m
        programs:
          - {id: 20, name: Distribution Load Relief, time_zone: America/New_York}
          - {id: 21, name: Peak Time Rebate, time_zone: America/New_York}
          - {id: 22, name: Smart Returns, time_zone: America/New_York}
        customers:
          - {ids: 1..600, name: "Site {id}", program: 20, channels: [websocket]}
          - {ids: 601..850, name: "Site {id}", program: 21, email: "site{id}@sites.example", channels: [email, websocket]}
          - {ids: 851..860, name: "Site {id}", program: 21, channels: []}
          - {ids: 861..1000, name: "Site {id}", program: 22, email: "site{id}@sites.example", channels: [websocket, email]}
        clients:
          - {of: all, connects: {at: 0s, spread: 10s}, link: {delay: 2ms}}
          - {of: all, acknowledges: {after: "uniform(1s, 10s)", share: 95%, declines: 5%, by: "{name} operator"}}
          - {of: {program: 22}, acknowledges: never}
          - {of: {customers: 591..620}, connects: never}
        carriers: {email: {delay: 2s, fails: {share: 5%, kind: permanent}}}
        timeline:
          - {at: 60s, incident: {id: relief, program: 20, event_type: emergency, start: 1h, end: 2h}}
          - {at: 62s, incident: {id: rebate, program: 21, event_type: market_dispatch, start: 1h, end: 2h, test: true}}
          - {at: 64s, incident: {id: returns, program: 22, event_type: market_dispatch, start: 1h}}
          - {at: 110s, modify: {incident: relief, end: 3h}}
          - {at: 112s, cancel: {incident: returns}}
          - {at: 114s, modify: {incident: returns, end: 3h}}
        expect: [dispatches == 1390]
        """

    @Test func `a thousand clients are dispatched alike in both worlds`() async throws {
        let scenario = try ScenarioReader.read(text: Self.thousand, path: "thousand.yaml").get()
        try await Self.expectEqual(scenario, speed: 10, dispatches: 1_390)
    }
}
