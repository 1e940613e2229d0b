import Base
import DemandResponse
import DispatchStore
import Foundation
import Scenarios
import Simulation
import TestSupport
import Testing

/// What was recorded of a run, run again, is decided as the run was.
@Suite struct RecordingTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// The small ones; `.ci/run` does the same with all.
    private static let shipped = ["seed", "pge-cancelled-2021"].map(Shipped.path)

    private func record(_ path: String, keepsNames: Bool = true, isFitted: Bool = false, _ incidents: String...) throws
        -> Recording
    {
        let database = try RunRecord.openUnproven(at: path)
        defer { try? database.close() }
        let options = RecordingOptions(
            incidents: incidents,
            keepsNames: keepsNames,
            isFitted: isFitted,
            version: "test"
        )
        return try Recording(database, options: options)
    }

    private func text(_ recording: Recording) -> String { ScenarioWriter(recording.scenario).text }

    /// Runs a scenario, records that, runs what was recorded and records that.
    private func expectEqual(_ scenario: Scenario) async throws -> String {
        let original = try await run(scenario: scenario)
        let recorded = text(try record(original.record))
        let again = try await run(scenario: recorded)
        #expect(again.outcome.checks.flatMap(\.violations) == [])
        #expect(again.outcome.expectations.filter { !$0.held } == [])
        let decisions = (try RecordedDecisions.read(original.record), try RecordedDecisions.read(again.record))
        let difference = zip(decisions.0, decisions.1).first { $0 != $1 }
        #expect(difference?.0 == difference?.1)
        #expect(decisions.0.count == decisions.1.count)
        #expect(try text(record(again.record)) == recorded)
        return recorded
    }

    @Test(arguments: shipped)
    func `a shipped scenario is decided as before, and recorded again as it was`(_ path: String) async throws {
        let scenario = try ScenarioReader.read(path: path).get()
        _ = try await expectEqual(scenario)
    }

    /// The server does not know at once that a connection is lost: its customer comes back while it holds the old session.
    @Test func `customers whose connection breaks around the dispatch are told again as they were`() async throws {
        let scenario = try Scenario(
            text:
                """
                name: Broken connections
                seed: 3
                starts: 2024-06-03T16:00:00-07:00
                lasts: 1h
                programs:
                  - {id: 1, name: Cool Mornings}
                customers:
                  - {ids: 1..60, name: "Site {id}", program: 1, channels: [websocket]}
                clients:
                  - of: all
                    link: {delay: 100ms}
                    acknowledges: {after: "uniform(30s, 60s)"}
                    disconnects: {at: 16:10:00, spread: 40s, for: "uniform(1s, 15s)"}
                timeline:
                  - {at: 16:10:20, incident: {id: peak, program: 1, event_type: market_dispatch, start: 16:30, end: 17:00}}
                expect:
                  - acknowledged == 60
                """
        )
        _ = try await expectEqual(scenario)
    }

    /// Operators who answer for customers, people who come and go, carriers that fail once, for good, or say nothing; what is
    /// modified, cancelled, refused, answered late, twice or after its cancellation.
    private static let everything = """
        name: Everything
        seed: 11
        starts: 2024-06-03T16:00:00-07:00
        lasts: 3h
        programs:
          - {id: 1, name: Cool Mornings, acknowledge_within: 10m, message: "{customer}: {program} from {start}"}
          - {id: 2, name: Warm Nights, time_zone: Europe/Berlin}
        customers:
          - {ids: 1..9, name: "Site {id}", program: 1, email: "site{id}@sites.example", channels: [email, websocket]}
          - {ids: 10..14, name: "Mill {id}", program: 1, phone: "+161755501{nn}", channels: [text]}
          - {id: 15, name: Nobody, program: 1, channels: []}
          - {ids: 20..25, name: "Night {id}", program: 2, group: east, channels: [websocket]}
          - {ids: 26..30, name: "Night {id}", program: 2, group: west, channels: [websocket]}
        clients:
          - {of: all, link: {delay: 40ms, jitter: 30ms}, acknowledges: {after: "uniform(1s, 8m)"}}
          - {of: {customers: 2..3}, connects: [{at: 1m, for: 12m}, {at: 16:40, for: 1h}]}
          - {of: {customer: 4}, connects: never}
          - of: {customer: 5}
            connects: never
            acknowledges: [{incident: first, at: 16:11, by: Duty officer}, {incident: second, at: 17:20, by: Duty officer}]
          - {of: {customer: 6}, acknowledges: {after: 20m, declines: 100%, by: "{name} operator"}}
          - {of: {customer: 7}, acknowledges: {after: 30m, even_if_cancelled: true, repeats: 3}}
          - {of: {customer: 1}, acknowledges: {after: 3m, then: [{after: 2m, opt_out: true, by: Duty officer}, {after: 90s, opt_out: false}, {after: 1m, opt_out: true}]}}
          - of: {customer: 14}
            connects: never
            acknowledges: [{incident: first, at: 16:11, then: {after: 20m, opt_out: true}}, {incident: second, at: 17:20}]
          - {of: {customer: 8}, disconnects: [{at: 16:09, for: 3m}]}
          - {of: {customer: 9}, acknowledges: never}
          - {of: {customer: 21}, acknowledges: never}
        carriers:
          email:
            delay: 5s
            except:
              - {of: {customer: 1}, attempt: 1, fails: {share: 100%, reason: "busy: try again"}, delay: 2s}
              - {of: {customer: 2}, fails: {share: 100%, kind: permanent, reason: no such mailbox}}
              - {of: {customer: 3}, incident: first, reports: acceptance, delay: 9s}
          text: {delay: 2s, except: [{of: {customer: 11}, reports: nothing}, {of: {customer: 12}, notice: cancellation, fails: 100%}, {of: {customer: 13}, notice: all_clear, delay: 4s}]}
        timeline:
          - {at: 16:05, incident: {id: other, program: 7, event_type: x, start: 17:00}, refused: unknown-program}
          - {at: 16:10, incident: {id: first, program: 1, event_type: market_dispatch, start: "06/03/2024 16:30", end: 17:30}}
          - {at: 16:10, incident: {id: night, program: 2, group: [east, west], event_type: market_dispatch, start: "06/04/2024 02:00"}}
          - {at: 16:12, incident: {id: dawn, program: 2, group: west, event_type: market_dispatch, start: "06/04/2024 05:00"}}
          - {at: 16:13, incident: {id: dusk, program: 2, group: south, event_type: market_dispatch, start: "06/04/2024 05:00"}, refused: unknown-group}
          - {at: 16:30, modify: {incident: first, end: "17:00"}}
          - {at: 16:31, modify: {incident: first, end: "06/03/2024 15:00"}, refused: invalid-period}
          - {at: 16:32, incident: {id: first, program: 1, event_type: other, start: 17:00}, refused: different-incident}
          - {at: 17:10, incident: {id: second, program: 1, event_type: market_dispatch, start: "18:10", end: "18:40", test: true}}
          - {at: 17:25, cancel: {incident: second}}
          - {at: 17:26, modify: {incident: second, end: "19:00"}, refused: incident-over}
          - {at: 17:27, cancel: ghost, refused: unknown-incident}
          - {at: 17:28, incident: {id: third, program: 1, event_type: market_dispatch, start: "17:40"}}
          - {at: 17:50, recall: third}
          - {at: 17:51, recall: third, refused: incident-over}
        expect: []
        """

    @Test func `whatever can happen is decided as before, and recorded again as it was`() async throws {
        let recorded = try await expectEqual(try Scenario(text: Self.everything))
        for words in [
            "declines: 100%", "then: [{after: ", "opt_out: true", "opt_out: false", "even_if_cancelled: true",
            "by: Duty officer",
            "refused: unknown-program",
            "refused: invalid-period", "reports: acceptance", "reports: nothing",
            "group: [east, west]", "group: west", "group: south", "refused: unknown-group", "recall: third}",
            "recall: third, refused: incident-over", "notice: all_clear", "reason: no such mailbox",
            "start: 06/04/2024 02:00", "test: true",
            "phone: \"+161755501{nn}\"",
        ] {
            #expect(recorded.contains(words), "\(words) is not in:\n\(recorded)")
        }
    }

    @Test func `names and contacts are invented, the same each time`() async throws {
        let original = try await run(scenario: Self.everything)
        let recorded = text(try record(original.record, keepsNames: false))
        for name in ["Site", "Mill", "sites.example", "Cool", "Duty", "operator", "east", "west", "south"] {
            #expect(!recorded.contains(name), "\(name)")
        }
        #expect(recorded.contains(#"email: "customer{id}@customers.example""#))
        #expect(recorded.contains("group: [group-1, group-2]") && recorded.contains("group: group-2"))
        #expect(try text(record(original.record, keepsNames: false)) == recorded)
        let again = try await run(scenario: recorded)
        #expect(again.outcome.expectations.filter { !$0.held } == [])
        #expect(try text(record(again.record, keepsNames: false)) == recorded)
    }

    @Test func `some of the incidents are recorded with their programs alone`() async throws {
        let original = try await run(scenario: Self.everything)
        let scenario = try record(original.record, "second").scenario
        #expect(scenario.roster.programs.map(\.id) == [1])
        #expect(scenario.timeline.map(\.refused) == [nil, nil, .code(.incidentOver)])
        #expect(throws: RecordingError.self) { _ = try record(original.record, "fourth") }
    }

    @Test func `many customers are told as distributions where that is asked for`() async throws {
        let scenario = try ScenarioReader.read(path: Self.shipped[1]).get()
        let original = try await run(scenario: scenario)
        let recorded = try record(original.record, isFitted: true)
        #expect(recorded.scenario.clients.count == 1)
        let answer = try #require(recorded.scenario.clients.first?.acknowledges?.first)
        guard case .after(.lognormal(let median, let p95)) = answer.timing else {
            Issue.record("\(answer)")
            return
        }
        // The script says lognormal(median 5m, p95 30m), for nine in ten.
        #expect(median > .minutes(3) && median < .minutes(8))
        #expect(p95 > .minutes(15) && p95 < .minutes(60))
        #expect(answer.share > .percent(80) && answer.share < .percent(96))
        let again = try await run(scenario: text(recorded))
        #expect(again.outcome.expectations.filter { !$0.held } == [])
    }

    @Test func `a database without incidents is refused`() throws {
        let path = scratch.file("empty.sqlite")
        try ServerDatabase.open(at: path).close()
        let error = #expect(throws: RecordingError.self) { _ = try record(path) }
        #expect(error?.description == "\(path): there is no incident in it, and so nothing to record")
    }

    /// Without a word a recorded day would look as if its server had never gone.
    @Test func `restarts that a recorded scenario leaves out are told`() async throws {
        let restarted = """
            name: Restarted
            seed: 2
            starts: 2024-06-03T16:00:00-07:00
            lasts: 30m
            programs: [{id: 1, name: Cool Mornings}]
            customers: [{ids: 1..3, name: "Site {id}", program: 1, channels: [websocket]}]
            clients: [{of: all, acknowledges: {after: 30s}}]
            timeline: [{at: 16:05, incident: {id: peak, program: 1, event_type: x, start: "16:10", end: "16:20"}}]
            faults: [{at: AT, restart: {how: kill, down: 5s}}]
            expect: [dispatches == 3]
            """
        let during = try await run(scenario: restarted.replacing("AT", with: "16:06"))
        let notes = try record(during.record).notes
        #expect(notes.map { $0.prefix(43) } == ["Left out: that the server started again (1)"])
        let before = try await run(scenario: restarted.replacing("AT", with: "16:02"))
        #expect(try record(before.record).notes == [])
    }
}
