import Base
import DemandResponse
import Testing

@testable import Scenarios

@Suite("Instants")
struct InstantTests {
    /// Reads one incident of a program in a zone, in a scenario that starts at an instant and lasts two days.
    private static func incident(
        starts: String = "2019-08-27T20:30:00-07:00",
        zone: String = "America/Los_Angeles",
        at: String = "0s",
        start: String,
        end: String? = nil
    ) -> (at: String?, start: String?, end: String?) {
        let text = """
            name: Instants
            seed: 1
            starts: \(starts)
            lasts: 2d
            programs: [{id: 1, name: P, time_zone: \(zone)}]
            customers: [{id: 1, name: C, program: 1, channels: []}]
            clients: []
            timeline:
              - {at: \(at), incident: {id: x, program: 1, event_type: t, start: \(start)\(end.map { ", end: \($0)" } ?? "")}}
            expect: []
            """
        let reading = ScenarioReader.read(text: text, path: "instants.yaml")
        guard case .incident(let incident)? = reading.value?.timeline.first?.action else {
            Issue.record("\(reading.rendered)")
            return (nil, nil, nil)
        }
        return (reading.value?.timeline.first?.at.iso8601, incident.start.iso8601, incident.end?.iso8601)
    }

    @Test(
        "are durations, clock times and timestamps",
        arguments: [
            ("90s", "2019-08-28T03:31:30Z"),
            ("20:45", "2019-08-28T03:45:00Z"),
            ("20:30", "2019-08-28T03:30:00Z"),
            ("20:45:30", "2019-08-28T03:45:30Z"),
            ("20:29", "2019-08-29T03:29:00Z"),
            ("00:15", "2019-08-28T07:15:00Z"),
            ("2019-08-27T20:45:00-07:00", "2019-08-28T03:45:00Z"),
            ("2019-08-28T05:45:00+02:00", "2019-08-28T03:45:00Z"),
            ("2019-08-28T03:45:00Z", "2019-08-28T03:45:00Z"),
            ("2019-08-27T20:45", "2019-08-28T03:45:00Z"),
            ("2019-08-27 20:45:00.5", "2019-08-28T03:45:00.500000Z"),
        ]
    )
    func forms(_ text: String, _ expected: String) {
        #expect(Self.incident(at: text, start: "20:00").at == expected)
    }

    @Test(
        "an incident's clock time is the first one from its entry on, in the program's zone",
        arguments: [
            ("0s", "23:55", "00:10", "2019-08-28T06:55:00Z", "2019-08-28T07:10:00Z"),
            ("5m", "23:55", "00:10", "2019-08-28T06:55:00Z", "2019-08-28T07:10:00Z"),
            ("6m", "00:05", "23:55", "2019-08-28T07:05:00Z", "2019-08-29T06:55:00Z"),
            ("25h", "01:00", "01:30", "2019-08-29T08:00:00Z", "2019-08-29T08:30:00Z"),
        ]
    )
    func pastMidnight(at: String, start: String, end: String, _ from: String, _ to: String) {
        let incident = Self.incident(starts: "2019-08-28T02:50:00-04:00", at: at, start: start, end: end)
        #expect(incident.start == from)
        #expect(incident.end == to)
    }

    @Test(
        "a clock time follows a change of daylight saving, and agrees with what the message says",
        arguments: [
            ("2021-11-06T20:00:00-07:00", "0s", "07:00", "2021-11-07T15:00:00Z"),
            ("2021-11-06T20:00:00-07:00", "0s", "01:30", "2021-11-07T08:30:00Z"),
            // 01:40 for the first time; the second 01:30 is still to come, the first is past.
            ("2021-11-06T20:00:00-07:00", "5h40m", "01:30", "2021-11-07T09:30:00Z"),
            ("2021-03-13T20:00:00-08:00", "0s", "07:00", "2021-03-14T14:00:00Z"),
            ("2021-03-13T20:00:00-08:00", "0s", "02:30", "2021-03-14T10:30:00Z"),
        ]
    )
    func daylightSaving(starts: String, at: String, start: String, _ expected: String) {
        #expect(Self.incident(starts: starts, at: at, start: start).start == expected)
    }

    @Test("a program that names no zone has that of the start")
    func ownZone() {
        let text = """
            name: Instants
            seed: 1
            starts: 2019-08-27T20:30:00+05:30
            lasts: 2d
            programs: [{id: 1, name: P}, {id: 2, name: Q, time_zone: "+02:00"}]
            customers: [{id: 1, name: C, program: 1, channels: []}]
            clients: []
            timeline:
              - {at: 0s, incident: {id: x, program: 1, event_type: t, start: 08/28/2019 21:00}}
              - {at: 0s, incident: {id: y, program: 2, event_type: t, start: 08/28/2019 21:00}}
            expect: []
            """
        let scenario = ScenarioReader.read(text: text, path: "zone.yaml").value
        #expect(scenario?.roster.programs.map(\.timeZone) == ["+05:30", "+02:00"])
        let starts = scenario?.timeline.compactMap { entry in
            if case .incident(let incident) = entry.action { incident.start.iso8601 } else { nil }
        }
        #expect(starts == ["2019-08-28T15:30:00Z", "2019-08-28T19:00:00Z"])
    }

    @Test(
        "a year that not all texts of times can carry is an error",
        arguments: [
            ("9999-01-01T00:00:00Z", "21:00"), ("9998-01-02T00:00:00Z", "21:00"), ("0001-06-01T00:00:00Z", "21:00"),
            ("2019-08-27T20:30:00-07:00", "9999-01-01T00:00:00Z"),
        ]
    )
    func years(starts: String, start: String) {
        let text = """
            name: Instants
            seed: 1
            starts: \(starts)
            lasts: 2h
            programs: [{id: 1, name: P}]
            customers: [{id: 1, name: C, program: 1, channels: []}]
            clients: []
            timeline: [{at: 0s, incident: {id: x, program: 1, event_type: t, start: \(start)}}]
            expect: []
            """
        let reading = ScenarioReader.read(text: text, path: "years.yaml")
        #expect(reading.value == nil)
        #expect(reading.rendered.contains("within the years 0002"))
    }

    @Test(
        "dates of incidents are read in the program's zone",
        arguments: [
            ("08/27/2019 21:00", "2019-08-28T01:00:00Z"), ("2019-08-27T21:00", "2019-08-28T01:00:00Z"),
            ("2019-08-27T21:00:00-07:00", "2019-08-28T04:00:00Z"), ("21:00", "2019-08-29T01:00:00Z"),
        ]
    )
    func programZone(_ text: String, _ expected: String) {
        #expect(Self.incident(zone: "America/New_York", start: text).start == expected)
    }

    @Test("a time in the spring's gap moves forward by the gap")
    func springForward() {
        let (_, start, _) = Self.incident(starts: "2021-03-14T00:00:00-08:00", start: "03/14/2021 02:30")
        #expect(start == "2021-03-14T10:30:00Z")
    }

    @Test("of a time that autumn has twice the earlier is meant")
    func fallBack() {
        let (_, start, end) = Self.incident(
            starts: "2021-11-07T00:00:00-07:00",
            start: "11/07/2021 01:30",
            end: "2021-11-07T02:30"
        )
        #expect(start == "2021-11-07T08:30:00Z")
        #expect(end == "2021-11-07T10:30:00Z")
    }

    @Test("the timeline is in order of time, entries of one instant in that of the file")
    func order() {
        let reading = Sample.read(
            "  - {at: 20:55, cancel: peak}",
            """
              - {at: 20:50, cancel: peak}
              - {at: 20:40, incident: {id: early, program: 5, event_type: x, start: 21:00, test: true}}
            """
        )
        let timeline = reading.value?.timeline ?? []
        #expect(timeline.map(\.location.line) == [30, 27, 28, 29])
        #expect(timeline.last?.action == .cancel(incident: "peak"))
        guard case .incident(let early)? = timeline.first?.action else { return }
        #expect(early.isTest)
        #expect(early.end == nil)
        #expect(early.startText == "21:00")
    }
}
