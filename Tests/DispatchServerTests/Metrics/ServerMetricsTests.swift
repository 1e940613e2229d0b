import Base
import DemandResponse
import Journal
import TestSupport
import Testing

@testable import DispatchServer

@Suite struct ServerMetricsTests {
    private let start = Timestamp(microseconds: 1_566_963_000_000_000)
    private let id = UniqueID(high: 0x1111_1111_1111_5111, low: 0x8111_1111_1111_1111)

    /// The lines of the text, comments left out, for what a dispatcher does with these inputs.
    private func lines(_ inputs: [(Span, Input)]) -> [String] {
        var dispatcher = Dispatcher(roster: .sites([[.email, .websocket], []], acknowledgeWithin: .minutes(1)))
        let metrics = ServerMetrics(clock: WallClock())
        for (span, input) in inputs {
            let at = start + span
            metrics.committed([JournalEntry(input: input, at: at, effects: dispatcher.handle(input, at: at))])
        }
        var writer = PrometheusWriter()
        writer.write(metrics.current)
        return writer.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0) }
    }

    private var opening: Input {
        .incidentRequested(
            IncidentRequest(
                id: id,
                correlation: id,
                program: 1,
                eventType: "market_dispatch",
                period: Incident.Period(start: start + .hours(1), end: start + .hours(2))
            ),
            nil
        )
    }

    private func report(_ method: DispatchMethod, _ outcome: DeliveryReport.Outcome) -> Input {
        let key = DispatchKey(incident: 1, customer: 1, method: method)
        return .deliveriesReported([DeliveryReport(key: key, modification: 0, attempt: 1, outcome: outcome)])
    }

    private func answer(optOut: Bool = false, by session: Int64 = 1) -> Input {
        let key = DispatchKey(incident: 1, customer: 1, method: .email)
        return .acknowledged(
            AcknowledgementRequest(dispatch: key.id(incident: id), by: "operator", optsOut: optOut),
            SessionID(session),
            nil
        )
    }

    @Test func dispatchesAndDeliveriesAreCountedByChannel() {
        let lines = lines([
            (.zero, opening),
            (.seconds(3), report(.email, .sent)),
            // Counted once, though it goes on from sent.
            (.seconds(9), report(.email, .delivered)),
        ])
        #expect(lines.contains(#"griddrill_dispatches_total{channel="email"} 1"#))
        #expect(lines.contains(#"griddrill_dispatches_total{channel="none"} 1"#))
        #expect(lines.contains(#"griddrill_deliveries_total{channel="email",outcome="sent"} 1"#))
        #expect(lines.contains(#"griddrill_sending_latency_seconds_count{channel="email"} 1"#))
        #expect(lines.contains(#"griddrill_sending_latency_seconds_bucket{channel="email",le="2.0"} 0"#))
        #expect(lines.contains(#"griddrill_sending_latency_seconds_bucket{channel="email",le="5.0"} 1"#))
        #expect(lines.contains(#"griddrill_sending_latency_seconds_sum{channel="email"} 3.0"#))
        // What the carrier took is not there yet.
        #expect(lines.contains(#"griddrill_delivery_latency_seconds_count{channel="email"} 1"#))
        #expect(lines.contains(#"griddrill_delivery_latency_seconds_sum{channel="email"} 9.0"#))
    }

    @Test func aDeliveryThatFailedForGoodHasNoLatency() {
        let lines = lines([(.zero, opening), (.seconds(3), report(.email, .failedForGood(reason: "no such box")))])
        #expect(lines.contains(#"griddrill_deliveries_total{channel="email",outcome="failed"} 1"#))
        #expect(!lines.contains { $0.hasPrefix("griddrill_delivery_latency_seconds_count") })
    }

    @Test func theFirstAnswerCountsAndRefusalsAreCountedByCode() {
        let lines = lines([
            (.zero, .sessionConnected(SessionID(1))),
            (.zero, opening),
            (.minutes(2), answer(optOut: true)),
            (.minutes(3), answer()),
            (.minutes(3), answer(by: 7)),
        ])
        #expect(lines.contains("griddrill_acknowledgements_total 1"))
        #expect(lines.contains("griddrill_declines_total 1"))
        #expect(lines.contains("griddrill_late_answers_total 1"))
        #expect(lines.contains("griddrill_acknowledgement_latency_seconds_sum 120.0"))
        #expect(lines.contains(#"griddrill_acknowledgement_latency_seconds_bucket{le="60.0"} 0"#))
        #expect(lines.contains(#"griddrill_acknowledgement_latency_seconds_bucket{le="120.0"} 1"#))
        #expect(lines.contains(#"griddrill_refusals_total{code="not-connected"} 1"#))
        #expect(lines.contains(#"griddrill_inputs_total{kind="acknowledged"} 3"#))
    }

    @Test func anAnswersWayThroughTheServerIsMeasuredFromItsArrival() {
        let clock = WallClock()
        let metrics = ServerMetrics(clock: clock)
        func submitted(_ input: Input, ago: Span) -> Submission {
            var submission = Submission(input)
            submission.arrivedAt = clock.uptime() - ago
            return submission
        }
        metrics.committed([
            submitted(answer(), ago: .seconds(20)), submitted(opening, ago: .minutes(2)),
            submitted(.started, ago: .zero), Submission(answer()),
        ])
        #expect(metrics.current.confirmationLatency.count == 1)
        #expect((20..<60).contains(metrics.current.confirmationLatency.sum))
        #expect(metrics.current.dispatchLag.count == 1)
        #expect((120..<180).contains(metrics.current.dispatchLag.sum))
    }

    @Test func bucketsHoldAllThatIsNotAboveTheirBound() {
        var histogram = Histogram(bounds: [1, 2])
        for value in [0.5, 1, 1.5, 2, 9] { histogram.observe(value) }
        #expect(histogram.counts == [2, 2, 1])
        #expect(histogram.count == 5)
        #expect(histogram.sum == 14)
    }

    @Test func labelsAreEscaped() {
        var writer = PrometheusWriter()
        writer.sample("a", [("b", "x\"y\\z\n")], 1)
        #expect(writer.text == "a{b=\"x\\\"y\\\\z\\n\"} 1\n")
    }
}
