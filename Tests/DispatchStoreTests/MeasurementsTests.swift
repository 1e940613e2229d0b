import Base
import DemandResponse
import TestSupport
import Testing

@testable import DispatchStore
import Measures

@Suite struct MeasurementsTests {
    private let scratch: Scratch
    private let measurements: Measurements

    init() throws {
        scratch = try Scratch()
        measurements = Measurements(try PeakEvening(at: scratch.file()).database.readHistory())
    }

    @Test func recordsStandInOrderOfIncidentCustomerAndMethod() {
        let keys = measurements.history.records.map(\.key)
        #expect(
            keys.map { "\($0.incident) \($0.customer) \($0.method?.name ?? "none")" } == [
                "1 1 email", "1 1 text", "1 1 websocket", "1 2 websocket", "1 3 none", "2 4 email", "2 4 websocket",
            ]
        )
        for (index, key) in keys.enumerated() { #expect(measurements.history.index(of: key) == index) }
        #expect(measurements.history.index(of: DispatchKey(incident: 9, customer: 1, method: nil)) == nil)
        #expect(measurements.history.names == [1: "peak", 2: "games"])
        #expect(measurements.history.refusals == 1)
    }

    @Test(arguments: [
        (RecordCount.dispatches, Selection(), 7, 7),
        (.dispatches, Selection(program: 1), 5, 5),
        (.dispatches, Selection(customer: 1), 3, 3),
        (.dispatches, Selection(incident: "games"), 2, 2),
        (.dispatches, Selection(channel: .websocket), 3, 3),
        (.dispatches, Selection(program: 2, channel: .websocket), 1, 1),
        (.dispatches, Selection(incident: "nothing"), 0, 0),
        // By email after 3 s, over Socket.IO after 50 and 200 ms.
        (.delivered, Selection(), 3, 7),
        (.delivered, Selection(channel: .email), 1, 2),
        (.failed, Selection(), 1, 7),
        (.failed, Selection(channel: .text), 1, 1),
        // Once in the same session; in the next session it was no duplicate.
        (.duplicates, Selection(), 1, 7),
    ])
    func recordsAreCountedByTheirLabels(_ what: RecordCount, _ selection: Selection, count: Int, total: Int) {
        #expect(measurements.count(what, selection) == Measurements.Share(count: count, total: total))
    }

    @Test(arguments: [
        (CustomerCount.acknowledged, Selection(), 2, 4),
        (.acknowledged, Selection(program: 1), 1, 3),
        (.acknowledged, Selection(channel: .email), 2, 2),
        (.acknowledged, Selection(channel: .text), 1, 1),
        (.unacknowledged, Selection(), 2, 4),
        (.unacknowledged, Selection(customer: 2), 1, 1),
        (.late, Selection(), 1, 4),
        (.declined, Selection(incident: "games"), 1, 1),
        (.undeliverable, Selection(), 1, 4),
        (.undeliverable, Selection(customer: 1), 0, 1),
    ])
    func customersAreCountedOnceForEveryIncident(_ what: CustomerCount, _ selection: Selection, count: Int, total: Int)
    {
        #expect(measurements.count(what, selection) == Measurements.Share(count: count, total: total))
    }

    @Test func aLimitLeavesOutWhatCameLater() {
        #expect(measurements.count(.delivered, within: .milliseconds(50)).count == 1)
        #expect(measurements.count(.delivered, within: .milliseconds(49)).count == 0)
        #expect(measurements.count(.delivered, within: .seconds(3)).count == 3)
        #expect(measurements.count(.acknowledged, within: .seconds(30)).count == 1)
        #expect(measurements.count(.acknowledged, within: .seconds(29)).count == 0)
    }

    @Test func aDeliveryEndsWithTheClientOrTheCarriersReport() {
        let all = measurements.latencies(.delivery)
        #expect(all.values == [.milliseconds(50), .milliseconds(200), .seconds(3)])
        #expect(all.endless == 3, "text failed, customer 2 is offline, no report of customer 4's email")
        #expect(measurements.latencies(.delivery, Selection(channel: .email)).values == [.seconds(3)])
    }

    @Test func thoseWhoDidNotAcknowledgeStayInThePopulation() {
        let all = measurements.latencies(.acknowledgement)
        #expect(all.values == [.seconds(30), .seconds(3 * 3_600 - 20)])
        #expect(all.endless == 2)
        #expect(measurements.latencies(.acknowledgement, Selection(program: 1)).values == [.seconds(30)])
    }

    @Test func aConfirmationIsMeasuredForThoseWhoAnswered() {
        let all = measurements.latencies(.confirmation)
        #expect(all.values == [.milliseconds(80)])
        #expect(all.endless == 1)
    }

    @Test func theHarnesssLatenessComesFromTheScript() {
        #expect(measurements.latencies(.dispatchLag).values == [.zero, .seconds(1)])
        #expect(measurements.latencies(.dispatchLag, Selection(incident: "peak")).values == [.seconds(1)])
    }
}
