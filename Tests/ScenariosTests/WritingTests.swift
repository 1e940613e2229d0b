import Base
import Foundation
import TestSupport
import Testing

@testable import Scenarios

@Suite("Writing scenarios")
struct WritingTests {
    /// Where things stand is another matter in another text.
    private static func withoutPlaces(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        scenario.source = ScenarioSource(path: "", text: "")
        for index in scenario.timeline.indices {
            scenario.timeline[index].location = SourceLocation(line: 1, column: 1)
        }
        for index in scenario.faults.indices {
            scenario.faults[index].location = SourceLocation(line: 1, column: 1)
        }
        for index in scenario.expectations.indices {
            scenario.expectations[index].location = SourceLocation(line: 1, column: 1)
        }
        return scenario
    }

    private static func expectUnchanged(_ text: String, _ path: String = "scenario.yaml") throws {
        let scenario = try ScenarioReader.read(text: text, path: path).get()
        let written = ScenarioWriter(scenario, heading: ["Written for a test."])
        let again = ScenarioReader.read(text: written.text, path: "again.yaml")
        let value = try #require(again.value, "\(again.rendered)\n\(written.text)")
        #expect(withoutPlaces(value) == withoutPlaces(scenario), "\(written.text)")
        #expect(ScenarioWriter(value, heading: ["Written for a test."]).text == written.text)
    }

    @Test("every shipped scenario is read from what was written as it was", arguments: Shipped.paths)
    func shipped(_ path: String) throws {
        try Self.expectUnchanged(try String(contentsOfFile: path, encoding: .utf8), path)
    }

    /// Every key that the shipped scenarios do without.
    private static let everything = #"""
        name: "Everything: and \"more\" #1"
        description: "Two lines\nand a tab\t"
        tags: [smoke, rules-2]
        seed: 18446744073709551615
        starts: 2019-08-27T20:30:00.25+05:30
        lasts: 3d2h0.5s
        server: {ping_interval: 40ms}
        programs:
          - {id: 1, name: "yes", time_zone: Europe/Berlin, acknowledge_within: 90m, message: "{program}, {customer}: {start}"}
          - {id: 2, name: "2", retries: {times: 5, first: 30s, at_most: 10m}}
          - {id: 3, name: "3", retries: {at_most: 90s}}
        customers:
          - {id: 1, name: "Keroche, Wine", program: 1, address: "Highway: 71", channels: [email]}
          - {ids: 100..250, name: "Site {id}", program: 2, phone: "+161755501{nn}", email: "s{id}@x.example", channels: [websocket, text]}
          - {id: 251, name: "Site 251", program: 1, channels: []}
          - {ids: 252..253, name: "North {id}", program: 2, group: north, channels: [text]}
          - {id: 254, name: "North 254", program: 2, group: zone-2, channels: [text]}
        clients:
          - of: all
            connects: never
          - of: {customers: [1, 100..120]}
            connects: [{at: 90s, for: 5m}, {at: 1h, spread: "exponential(mean 5s)", share: 12.5%, for: "uniform(1s, 2s)"}]
            acknowledges:
              - {incident: peak, modification: 0, after: "normal(mean 5s, sd 1s)", even_if_cancelled: true}
              - {incident: "7", at: 2h, by: "Duty {id}", declines: 100%}
              - {after: 0.000001s, repeats: 2, then: {after: 5m, opt_out: true}}
              - {incident: peak, at: 2h, then: [{after: 5m, opt_out: true, share: 12.5%}, {after: 1s, opt_out: false, by: "Duty {id}"}]}
          - of: {group: north}
            acknowledges: never
          - of: {customer: 1}
            acknowledges: never
            disconnects: [{at: 2019-08-28T09:00:00+05:30, spread: 1us, for: 83.412345s}]
        carriers:
          email:
            delay: 1.5ms
            fails: {share: 1%, reason: "mailbox: full"}
            reports: acceptance
            except:
              - {of: {customer: 1}, incident: peak, modification: 1, notice: cancellation, attempt: 2, delay: 2s}
              - {of: all, incident: "7", fails: {share: 100%, kind: permanent}}
              - {of: {customer: 1}, notice: all_clear, delay: 1s}
          webhook: {reports: nothing}
        timeline:
          - {at: 0s, incident: {id: peak, program: 1, event_type: x, start: 08/28/2019 21:00, end: {at: 08/28/2019 22:00, text: ten}}}
          - {at: 1m, incident: {id: "7", program: 2, event_type: y, start: 2019-08-28T21:00, test: true}}
          - {at: 1m, incident: {id: zones, program: 2, group: [north, zone-2], event_type: y, start: 2019-08-28T21:00}}
          - {at: 1m, incident: {id: north, program: 2, group: north, event_type: y, start: 2019-08-28T21:00}}
          - {at: 1m, incident: {id: west, program: 2, group: west, event_type: y, start: 21:00}, refused: unknown-group}
          - {at: 2m, incident: {id: ghost, program: 9, event_type: y, start: 21:00, end: 20:00}, refused: unknown-program}
          - {at: 3m, modify: {incident: peak, end: 08/28/2019 23:00, event_type: z}}
          - {at: 3m, modify: {incident: peak, end: 08/28/2019 20:00}, refused: invalid-period}
          - {at: 4m, cancel: peak}
          - {at: 5m, cancel: nobody, refused: unknown-incident}
          - {at: 6m, incident: {id: drill, program: 1, event_type: x, start: 22:00, end: {at: 23:00, text: ten}}, repeat: {every: 12h5s, times: 3}}
          - {at: 60h, cancel: drill-3}
          - {at: 6m, recall: "7"}
          - {at: 7m, recall: {incident: peak}, refused: incident-over}
        faults:
          - {at: 10m, restart: {how: pause, down: 0.5s}}
          - {id: second, at: 2h, restart: {how: kill, down: 90s, between: [decision, commit]}}
          - {id: fault-9, on: {acknowledged: "7", nth: 300}, after: 2s, restart: {how: term, down: 5s}}
          - {on: {committed: peak}, after: 0s, restart: {how: kill, down: 8s, between: [commit, effects]}}
          - {on: {refused: nobody}, restart: {how: kill, down: 8s}}
        expect:
          - 'message{customer:1} contains "a: b # c"'
          - dispatches{channel:email, incident:peak} == 1
          - never text{program:2} after acknowledged{modification:0}
          - {expect: late == 0, known: {issue: "#12", until: 2027-01-31, why: "slow: modems"}}
          - dispatches{group:north} == 2
        """#

    @Test("every key is written as it is read")
    func everyKey() throws {
        try Self.expectUnchanged(Self.everything)
        let written = ScenarioWriter(try ScenarioReader.read(text: Self.everything, path: "all.yaml").get()).text
        #expect(written.contains("ids: 100..250"))
        #expect(written.contains(#"phone: "+161755501{nn}""#))
        #expect(written.contains("end: {at: 2019-08-29T01:30:00+05:30, text: ten}"))
        let complaints = try SchemaValidator.validate([Self.everything, written], schema: ScenarioSchema.json())
        #expect(complaints == [[], []])
    }

    @Test("measured lengths go to a file of their own, which stands beside")
    func measurements() throws {
        let scratch = try Scratch()
        var scenario = try ScenarioReader.read(text: Sample.text, path: Sample.path).get()
        scenario.clients[0].link?.delay = .empirical([.milliseconds(40), .seconds(90), .zero])
        let written = ScenarioWriter(scenario, name: "day")
        #expect(written.measurements.map(\.file) == ["day-1.csv"])
        for measurements in written.measurements { try scratch.write(measurements.text, to: measurements.file) }
        let again = ScenarioReader.read(path: try scratch.write(written.text, to: "day.yaml"))
        #expect(again.value?.clients == scenario.clients, "\(again.rendered)")
    }

    @Test(
        "texts come back whatever is in them",
        arguments: [
            "plain", "no", "12", "", " ", "a: b", "#", "- x", "{id}", "[", "a,b", "\"quoted\"", "back\\slash", "'", "é",
            "\u{2028}",
            "line\nbreak", "\u{7F}", "f(a, b)", "\u{10F8FE}", "🙂", "~", "*x", "&x", "!x", "@x", "%x", "x ", "null",
        ]
    )
    func texts(_ text: String) throws {
        for scalar in [YAMLText.scalar(text), YAMLText.blockScalar(text)] {
            let diagnostics = Diagnostics(path: "", text: "")
            let document = try #require(YAMLDocument(text: "key: \(scalar)", diagnostics: diagnostics), "\(scalar)")
            guard case .mapping(let pairs) = document.root.content, let value = pairs.first?.value.scalar else {
                Issue.record("\(scalar)")
                continue
            }
            #expect(value.text == text)
            #expect(value.kind == .text)
        }
    }

    @Test("durations come back to the microsecond, in units that a person would choose")
    func durations() throws {
        let written: [(Int64, String)] = [
            (0, "0s"), (7, "7us"), (40_000, "40ms"), (40_123, "40.123ms"), (83_412_345, "83.412345s"),
            (60_000_000, "1m"), (90_000_000, "90s"), (120_000_000, "2m"), (125_000_000, "2m5s"),
            (5_400_000_000, "1h30m"),
            (93_600_500_000, "1d2h0.5s"),
        ]
        for (microseconds, text) in written {
            let span = Span.microseconds(microseconds)
            #expect(DurationText.text(span) == text)
            #expect(Span(notation: text) == span)
        }
    }
}
