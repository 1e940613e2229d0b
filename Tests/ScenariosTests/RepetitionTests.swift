import Base
import DemandResponse
import Scenarios
import Testing

@Suite("Incidents that are repeated")
struct RepetitionTests {
    private static func timeline(_ entries: String) throws -> [TimelineEntry] {
        try ScenarioReader.read(
            text: """
                name: Night
                seed: 1
                starts: 2021-11-06T22:00:00-07:00
                lasts: 14h
                programs: [{id: 1, name: Nights, time_zone: America/Los_Angeles}]
                customers: [{id: 1, name: Mill, program: 1, channels: []}]
                clients: []
                timeline:
                  - \(entries)
                expect: [dispatches == 4]
                """,
            path: "night.yaml"
        ).get().timeline
    }

    private static func incidents(_ entries: String) throws -> [ScriptedIncident] {
        try timeline(entries).compactMap { if case .incident(let incident) = $0.action { incident } else { nil } }
    }

    @Test("are later by elapsed time, and told as clocks show it, also in the night in which clocks are set back")
    func elapsed() throws {
        let entry = """
            {at: 23:30, incident: {id: night, program: 1, event_type: x, start: 00:30, end: 00:45}, repeat: {every: 1h, times: 4}}
            """
        let incidents = try Self.incidents(entry)
        let first = try #require(incidents.first)
        #expect(incidents.map(\.id) == ["night-1", "night-2", "night-3", "night-4"])
        #expect(incidents.map { $0.start - first.start } == [.zero, .hours(1), .hours(2), .hours(3)])
        #expect(incidents.allSatisfy { $0.end == $0.start + .minutes(15) })
        #expect(incidents.map(\.startText) == ["00:30", "01:30", "01:30", "02:30"])
        #expect(try Self.timeline(entry).map { first.start - $0.at } == [1, 0, -1, -2].map { .hours($0) })
    }

    @Test("keep other words, and have a date's of their own")
    func words() throws {
        let incidents = try Self.incidents(
            """
            {at: 23:30, incident: {id: a, program: 1, event_type: x, start: 11/07/2021 00:30, end: {at: 00:45, text: soon}}, repeat: {every: 30s, times: 2}}
            """
        )
        #expect(incidents.map(\.startText) == ["11/07/2021 00:30", nil])
        #expect(incidents.map(\.endText) == ["soon", "soon"])
        #expect(
            try Self.incidents(
                "{at: 23:30, incident: {id: a, program: 1, event_type: x, start: 00:30}, repeat: {every: 30s, times: 2}}"
            ).map(\.startText) == ["00:30", "00:30:30"]
        )
    }

    @Test("stand in the order of time among the other entries, which can name them")
    func order() throws {
        let timeline = try Self.timeline(
            """
            {at: 1h, incident: {id: a, program: 1, event_type: x, start: 5h}, repeat: {every: 1h, times: 3}}
              - {at: 90m, modify: {incident: a-1, end: 6h}}
              - {at: 2h, cancel: a-2}
              - {at: 150m, incident: {id: a, program: 1, event_type: x, start: 5h}}
            """
        )
        #expect(timeline.map(\.location.line) == [9, 10, 9, 11, 12, 9])
    }
}
