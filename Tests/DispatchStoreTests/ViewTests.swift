import Base
import DemandResponse
import DispatchStore
import Journal
import Measures
import TestSupport
import Testing

/// The views that the documentation of a record promises.
@Suite struct ViewTests {
    private let scratch: Scratch
    private let database: RunRecord

    init() throws {
        scratch = try Scratch()
        database = try PeakEvening(at: scratch.file()).database
    }

    @Test func latenciesAreShownInMilliseconds() throws {
        #expect(
            try database.rows("SELECT * FROM latencies ORDER BY incident DESC, customer, channel") == [
                "peak 1 1 email delivered 3000.0 30000.0 NULL",
                "peak 1 1 text failed NULL 30000.0 NULL",
                "peak 1 1 websocket sending 50.0 30000.0 80.0",
                "peak 1 2 websocket pending NULL NULL NULL",
                "peak 1 3  unreachable NULL NULL NULL",
                "games 2 4 email sending NULL 10780000.0 NULL",
                "games 2 4 websocket sending 200.0 10780000.0 NULL",
            ]
        )
    }

    @Test(arguments: [1, 0.5, 60, 600])
    func `the view has the latencies that are measured, at any speed`(speed: Double) throws {
        try database.write(PeakEvening.header(speed: speed))
        let history = try database.readHistory()
        var measured: [String] = []
        func milliseconds(_ span: Span?) -> String { span.map { "\(Double($0.microseconds) / 1_000)" } ?? "NULL" }
        history.forEachParticipation { own in
            for record in own {
                // Which of a customer's records an answer named is the view's own to say.
                measured.append(
                    [
                        "\(record.key.customer)", record.key.method?.name ?? "",
                        milliseconds(history.deliveryLatency(of: record)),
                        milliseconds(history.acknowledgementLatency(of: own)),
                        milliseconds(record.answeredAt == nil ? nil : history.confirmationLatency(of: own)),
                    ].joined(separator: " ")
                )
            }
        }
        #expect(measured.contains { $0.hasPrefix("4 websocket ") && !$0.contains("websocket NULL") })
        #expect(
            try database.rows(
                """
                SELECT customer, channel, delivery_ms, acknowledgement_ms, confirmation_ms FROM latencies
                ORDER BY incident DESC, customer, channel
                """
            ).sorted() == measured.sorted()
        )
    }

    @Test func theAuditNamesTheRequestThatLedToEachEffect() throws {
        let rows = try database.rows(
            "SELECT time, direction, correlation FROM audit WHERE kind IN ('incident.requested', 'dispatch.recorded') LIMIT 2"
        )
        let correlation = UniqueID(name: "correlation", in: Rehearsal.peak)
        #expect(
            rows == [
                "2019-08-28T03:30:10.000Z input \(correlation)", "2019-08-28T03:30:10.000Z effect \(correlation)",
            ]
        )
        #expect(try database.number("SELECT count(*) FROM audit") == database.number("SELECT count(*) FROM journal"))
    }

    @Test func anEffectsOwnRequestComesBeforeTheIncidentsFirst() throws {
        let server = try ServerDatabase.open(at: scratch.file("server.sqlite"))
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(1))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .seconds(2))
        rehearsal.entries[2].correlation = Rehearsal.games
        try server.commit(rehearsal.entries)
        #expect(
            try server.rows("SELECT DISTINCT correlation FROM audit WHERE kind = 'cancellation.recorded'")
                == ["\(Rehearsal.games)"]
        )
    }

    @Test func whoHasNotAnsweredIsShownOnce() throws {
        #expect(
            try database.rows("SELECT * FROM unacknowledged ORDER BY customer")
                == ["1 peak 1 2 Tyson Food", "1 peak 1 3 Nobody's"]
        )
    }

    @Test func deliveriesAreCountedByChannelAndState() throws {
        #expect(
            try database.rows("SELECT * FROM deliveries WHERE channel = 'websocket' ORDER BY program, state")
                == ["1 websocket pending 1 0", "1 websocket sending 1 1", "2 websocket sending 1 1"]
        )
    }

    @Test func eachFailureAndRefusalIsShownOnce() throws {
        let rows = try database.rows("SELECT * FROM failures")
        #expect(rows.count == 2)
        #expect(rows.first == "1 1 text no such number")
        #expect(rows.last?.contains("wrong-customer: ") == true)
    }

    @Test func aCustomersStoryIsToldInTheOrderOfTimeByBothWitnesses() throws {
        let rows = try database.rows(
            "SELECT substr(time, 12), incident, channel, witness, what, detail FROM story WHERE customer = 1"
        )
        #expect(
            rows == [
                "03:30:10.000 peak email dispatcher is dispatched NULL",
                "03:30:10.000 peak email dispatcher is handed to the carrier, attempt 1 a@b.example",
                "03:30:10.000 peak email dispatcher is sent to the session NULL",
                "03:30:10.000 peak text dispatcher is dispatched NULL",
                "03:30:10.000 peak text dispatcher is handed to the carrier, attempt 1 +16175550101",
                "03:30:10.000 peak text dispatcher is sent to the session NULL",
                "03:30:10.000 peak websocket dispatcher is dispatched NULL",
                "03:30:10.000 peak websocket dispatcher is sent to the session NULL",
                "03:30:10.050 peak websocket client has the dispatch NULL",
                "03:30:10.060 peak websocket client has the dispatch NULL",
                "03:30:13.000 peak email dispatcher delivery: delivered NULL",
                "03:30:14.000 peak text dispatcher delivery: failed for good no such number",
                "03:30:30.000 peak websocket client has the dispatch NULL",
                "03:30:39.940 peak websocket client acknowledges NULL",
                "03:30:40.000 peak NULL dispatcher acknowledgement recorded, in time by operator",
                "03:30:40.020 peak websocket client sees its acknowledgement confirmed NULL",
                "03:30:40.030 peak websocket client sees its acknowledgement confirmed NULL",
            ]
        )
    }

    @Test func whoCannotBeReachedHasAStoryToo() throws {
        let rows = try database.rows("SELECT name, channel, what FROM story WHERE customer = 3")
        #expect(rows == ["Nobody's NULL cannot be reached"])
    }

    @Test(arguments: [1, 9, 10, 19, 20, 99, 100, 101])
    func `percentiles are those that are measured, withheld ones and never-answered ones included`(
        answered: Int
    ) throws {
        for silent in [0, 1, 5] {
            let database = try Crowd.record(
                at: scratch.file("\(answered)-\(silent)"),
                answered: answered,
                silent: silent
            )
            let measurements = Measurements(try database.readHistory())
            var expected: [String] = []
            for (name, latency) in [("acknowledgement", Latency.acknowledgement), ("delivery", .delivery)] {
                for channel in [DispatchMethod.email, .websocket] {
                    var selection = Selection()
                    selection.incident = "peak"
                    selection.channel = channel
                    let population = measurements.latencies(latency, selection)
                    guard population.count > 0 else { continue }
                    let values = [Statistic.p50, .p90, .p95, .p99].map { statistic -> String in
                        guard case .span(let span) = population.value(statistic) else { return "NULL" }
                        return "\(Double(span.microseconds) / 1_000)"
                    }
                    expected.append(
                        (["peak", channel.name, name, "\(population.count)", "\(population.endless)"] + values)
                            .joined(separator: " ")
                    )
                }
            }
            #expect(expected.count == 4)
            #expect(try database.rows("SELECT * FROM percentiles ORDER BY latency, channel") == expected)
        }
    }
}
