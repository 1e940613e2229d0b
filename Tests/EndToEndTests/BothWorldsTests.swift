import Foundation
import TestSupport
import Testing

/// The same scenario, seed and build decide the same in virtual time and over real sockets; only the times differ.
///
/// Each run is a process of its own: a live run shares its threads with no other test.
@Suite(.serialized) struct BothWorldsTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func decisions(_ scenario: String, _ options: String...) async throws -> [String] {
        let reports = "reports" + options.joined()
        let run = try Command(["run", scenario, "--reports", reports, "--quiet"] + options, in: scratch)
        let outcome = try await run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: scratch.file(reports + "/scenario"))
        #expect(files.filter { $0.hasPrefix("record") } == ["record.sqlite"])
        return try Decisions.read(scratch.file(reports + "/scenario/record.sqlite"))
    }

    private func expectEqual(_ text: String, speed: Int, dispatches: Int) async throws {
        let scenario = try scratch.write(text, to: "scenario.yaml")
        let virtual = try await decisions(scenario)
        let live = try await decisions(scenario, "--live", "--speed", "\(speed)", "--until-quiet")
        #expect(virtual.count { $0.hasPrefix("\"dispatch\"") } == dispatches)
        let difference = zip(virtual, live).first { $0 != $1 }
        #expect(difference?.0 == difference?.1)
        #expect(virtual.count == live.count)
    }

    /// The incidents end ten hours later than in the file: a machine that is busy with other tests takes its time to answer.
    @Test func `the seed roster is dispatched alike in both worlds`() async throws {
        let text = try String(contentsOfFile: Shipped.path("seed"), encoding: .utf8)
        let later = text.replacing("end: 10:00", with: "end: 20:00")
            .replacing("08/13/2021 10:00", with: "08/13/2021 20:00").replacing("lasts: 90m", with: "lasts: 12h")
        #expect(later != text)
        let untimed = later.split(separator: "\n").filter { !$0.contains(" within ") && !$0.contains("_latency") }
        try await expectEqual(untimed.joined(separator: "\n"), speed: 200, dispatches: 23)
    }

    /// Some never answer, some decline, some connect only to answer an e-mail, some e-mails bounce; one incident is modified,
    /// one cancelled and then asked for what it can no longer do.
    ///
    /// Nothing is decided by who is faster, however slow the machine: whom an incident is taken from does not answer it, the
    /// carrier that brings the news of it never fails, and the ends are far away.
    private static let thousand = """
        name: A thousand
        seed: 1000
        starts: 2024-06-25T18:00:00-04:00
        lasts: 8h
        server: {ping_interval: 10m, ping_timeout: 5m}
        programs:
          - {id: 20, name: Distribution Load Relief, time_zone: America/New_York}
          - {id: 21, name: Peak Time Rebate, time_zone: America/New_York}
          - {id: 22, name: Smart Returns, time_zone: America/New_York}
        customers:
          - {ids: 1..600, name: "Site {id}", program: 20, channels: [websocket]}
          - {ids: 601..850, name: "Site {id}", program: 21, email: "site{id}@sites.example", channels: [email, websocket]}
          - {ids: 851..860, name: "Site {id}", program: 21, channels: []}
          - {ids: 861..1000, name: "Site {id}", program: 22, phone: "+16175550100", email: "site@grid.example", channels: [websocket, text]}
        clients:
          - {of: all, connects: {at: 0s, spread: 10s}, link: {delay: 2ms}}
          - {of: all, acknowledges: {after: "uniform(1s, 10s)", share: 95%, declines: 5%, by: "{name} operator"}}
          - {of: {program: 22}, acknowledges: never}
          - {of: {customers: 591..620}, connects: never}
        carriers: {email: {delay: 2s, fails: {share: 5%, kind: permanent}}, text: {delay: 1s}}
        timeline:
          - {at: 60s, incident: {id: relief, program: 20, event_type: emergency, start: 7h, end: 10h}}
          - {at: 62s, incident: {id: rebate, program: 21, event_type: market_dispatch, start: 7h, end: 10h, test: true}}
          - {at: 64s, incident: {id: returns, program: 22, event_type: market_dispatch, start: 7h}}
          - {at: 110s, modify: {incident: relief, end: 11h}}
          - {at: 112s, cancel: {incident: returns}}
          - {at: 114s, modify: {incident: returns, end: 11h}, refused: incident-over}
        expect: [dispatches == 1390]
        """

    @Test func `a thousand clients are dispatched alike in both worlds`() async throws {
        try await expectEqual(Self.thousand, speed: 10, dispatches: 1_390)
    }
}
