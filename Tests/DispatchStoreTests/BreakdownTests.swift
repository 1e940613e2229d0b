import DemandResponse
import TestSupport
import Testing

@testable import DispatchStore
import Measures

@Suite struct BreakdownTests {
    private let scratch: Scratch
    private let measurements: Measurements
    private let breakdown: Breakdown

    init() throws {
        scratch = try Scratch()
        let history = try PeakEvening(at: scratch.file()).database.readHistory()
        measurements = Measurements(history)
        breakdown = Breakdown(history)
    }

    private func expectSame(_ group: Breakdown.Group, _ selection: Selection) {
        let records = RecordCount.allCases.map { measurements.count($0, selection).count }
        let counts = group.counts
        #expect([counts.dispatches, counts.delivered, counts.failed, counts.duplicates] == records, "\(selection)")
        let customers = CustomerCount.allCases.map { measurements.count($0, selection).count }
        #expect(
            [
                counts.acknowledged, counts.unacknowledged, counts.late, counts.declined, counts.withdrawn,
                counts.undeliverable,
            ]
                == customers,
            "\(selection)"
        )
        #expect(counts.customerIncidents == measurements.count(.acknowledged, selection).total)
        #expect(counts.customers <= counts.customerIncidents)
        #expect(Standing.allCases.reduce(0) { $0 + counts[$1] } == counts.customerIncidents)
        #expect(group.delivery == measurements.latencies(.delivery, selection))
        #expect(group.acknowledgement == measurements.latencies(.acknowledgement, selection))
        #expect(group.confirmation == measurements.latencies(.confirmation, selection))
    }

    @Test func oneWalkSaysWhatEverySelectionSays() {
        expectSame(breakdown.overall, Selection())
        #expect(breakdown.programs.map(\.id) == [1, 2])
        for program in breakdown.programs { expectSame(program.group, Selection(program: program.id)) }
        #expect(breakdown.channels.map(\.method) == [.email, .text, .websocket])
        for channel in breakdown.channels { expectSame(channel.group, Selection(channel: channel.method)) }
        #expect(breakdown.incidents.map(\.number) == [1, 2])
        for (incident, name) in zip(breakdown.incidents, ["peak", "games"]) {
            expectSame(incident.group, Selection(incident: name))
        }
    }

    @Test func ofNothingThereIsAnEmptyBreakdown() {
        let empty = Breakdown(History())
        #expect(empty.overall.counts.dispatches == 0)
        #expect(empty.overall.delivery == Population([]))
        #expect(empty.programs.isEmpty)
    }
}
