import Testing

@testable import Scenarios

/// What `griddrill check` says of scenarios that are valid and may well mean something else.
@Suite("Warnings")
struct WarningTests {
    /// A scenario without warnings, in which one part is exchanged for another.
    private static func warnings(_ part: String = "", _ other: String = "") -> [String] {
        let text = """
            name: Warnings
            seed: 1
            starts: 2024-06-03T16:00:00-07:00
            lasts: 5h
            programs:
              - {id: 1, name: P, time_zone: America/Los_Angeles, acknowledge_within: 10m}
              - {id: 2, name: Q, time_zone: America/Los_Angeles}
            customers:
              - {ids: 1..4, name: "Site {id}", program: 1, phone: "+16175550100", email: "s{id}@grid.example", channels: [email, text, websocket]}
              - {id: 5, name: Farm, program: 2, phone: "+16175550105", channels: [voice]}
            clients:
              - {of: {program: 1}, acknowledges: {after: "uniform(1m, 20m)"}}
              - {of: {customer: 5}, acknowledges: {at: 17:30, incident: farm}}
            carriers: {text: {delay: 30s}}
            timeline:
              - {at: 16:30, incident: {id: peak, program: 1, event_type: e, start: 17:00, end: 18:00}}
              - {at: 16:31, incident: {id: farm, program: 2, event_type: e, start: 17:00, end: 18:00}}
            expect: [dispatches == 13]
            """
        let changed = part.isEmpty ? text : text.replacing(part, with: other)
        if !part.isEmpty { #expect(changed != text) }
        let reading = ScenarioReader.read(text: changed, path: "w.yaml")
        #expect(reading.value != nil, "\(reading.rendered)")
        return reading.diagnostics.map { "\($0.line) \($0.severity): \($0.message)" }
    }

    @Test("there are none of what is meant so")
    func none() {
        #expect(Self.warnings() == [])
    }

    @Test(
        "each at its place",
        arguments: [
            (
                "Q, time_zone: America/Los_Angeles", "Q, time_zone: America/New_York",
                ["17 warning: clocks of program 2, in America/New_York, show -04:00, those of the run -07:00"]
            ),
            (
                "peak, program: 1, event_type: e, start: 17:00",
                "peak, program: 1, event_type: e, start: 2024-06-03T16:28",
                ["16 warning: the notice of 'peak' goes out 2m after its start"]
            ),
            (
                #"email: "s{id}@grid.example", "#, "",
                ["9 warning: these customers have no email: the channel email cannot reach them"]
            ),
            (
                #"phone: "+16175550105""#, #"phone: " ""#,
                ["10 warning: customer 5 has no phone: the channel voice cannot reach it"]
            ),
            ("at: 17:30", "at: 18:30", ["13 warning: no answer comes before the end of what it answers"]),
            ("uniform(1m, 20m)", "uniform(2h, 3h)", ["12 warning: no answer comes before the end of what it answers"]),
            (
                "text: {delay: 30s}", "text: {delay: 12m}",
                ["14 warning: a message by text takes at least 12m, and program 1 takes answers within 10m"]
            ),
            (
                "of: {program: 1}, acknowledges", "of: {customer: 5}, acknowledges", []
            ),
            (
                "program: 2, event_type", "program: 1, event_type",
                ["13 warning: nobody dispatches these clients"]
            ),
        ] as [(String, String, [String])]
    )
    func table(part: String, other: String, expected: [String]) {
        #expect(Self.warnings(part, other) == expected)
    }

    @Test("times with an offset, or after the start, mean the same in any zone")
    func zones() {
        let text = "start: 17:00, end: 18:00}}\n  - {at: 16:31, incident: {id: farm"
        let other = "start: 17:00, end: 18:00}}\n  - {at: 31m, incident: {id: farm"
        #expect(Self.warnings(text, other) == [])
    }

    @Test("a later end, or an open one, leaves time to answer")
    func ends() {
        let later = "start: 17:00, end: 18:00}}\n  - {at: 17:00, modify: {incident: farm, end: 19:00}}\nexpect"
        #expect(Self.warnings("at: 17:30", "at: 18:30").count == 1)
        #expect(Self.warnings("start: 17:00, end: 18:00}}\nexpect", later) == [])
    }
}
