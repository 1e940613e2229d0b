import Base
import DemandResponse
import TestSupport
import Testing

@testable import DispatchStore
import Measures

/// What is the software's is measured in the machine's time, what is people's and the script's in the grid's.
@Suite struct HistoryLatencyTests {
    /// What happened to a customer, on the record's clock since the announcement, and how long it is said to have taken.
    struct Course: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var received: Span?
        var absence = Span.zero
        /// An e-mail's, beside websocket.
        var emailed: Span?
        var answered: Span?
        var acknowledged: Span?
        var confirmed: Span?
        // At sixty times the machine's speed.
        var delivery: Span?
        var acknowledgement: Span?
        var confirmation: Span?

        /// The records by email and by websocket, as at any speed.
        func history(speed: Double) -> History {
            func record(_ method: DispatchMethod) -> History.Record {
                History.Record(
                    key: DispatchKey(incident: 1, customer: 1, method: method),
                    modification: 0,
                    program: 1,
                    createdAt: Rehearsal.start,
                    announcedAt: Rehearsal.start,
                    state: .sent,
                    hasFailure: false,
                    acknowledgedAt: acknowledged.map { Rehearsal.start + $0 },
                    optedOut: false,
                    isLate: false
                )
            }
            var (email, websocket) = (record(.email), record(.websocket))
            email.deliveredAt = emailed.map { Rehearsal.start + $0 }
            websocket.receivedAt = received.map { Rehearsal.start + $0 }
            websocket.absence = absence
            websocket.answeredAt = answered.map { Rehearsal.start + $0 }
            websocket.confirmedAt = confirmed.map { Rehearsal.start + $0 }
            var history = History()
            history.clockSpeed = speed
            history.records = [email, websocket]
            return history
        }
    }

    static let courses = [
        Course(
            testDescription: "thought about for a minute; the software adds a tenth of a second to it, not six",
            received: .seconds(3),
            answered: .seconds(63),
            acknowledged: .seconds(66),
            confirmed: .seconds(69),
            delivery: .milliseconds(50),
            acknowledgement: .milliseconds(60_100),
            confirmation: .milliseconds(100)
        ),
        Course(
            testDescription: "the client comes five minutes after the announcement",
            received: .seconds(306),
            absence: .seconds(300),
            answered: .seconds(366),
            acknowledged: .seconds(366),
            delivery: .milliseconds(300_100),
            acknowledgement: .milliseconds(360_100)
        ),
        Course(
            testDescription: "an e-mail comes before the client has it, and is thought about from then on",
            received: .seconds(12),
            emailed: .seconds(2),
            answered: .seconds(62),
            acknowledged: .seconds(65),
            confirmed: .seconds(65),
            delivery: .milliseconds(200),
            acknowledgement: .milliseconds(62_050),
            confirmation: .milliseconds(50)
        ),
        Course(
            testDescription: "an e-mail comes after the client has it",
            received: .seconds(6),
            emailed: .seconds(20),
            answered: .seconds(36),
            acknowledged: .seconds(36),
            delivery: .milliseconds(100),
            acknowledgement: .milliseconds(30_100)
        ),
        Course(
            testDescription: "an answer whose sending nobody saw",
            received: .seconds(6),
            acknowledged: .seconds(66),
            delivery: .milliseconds(100),
            acknowledgement: .milliseconds(60_100)
        ),
        Course(
            testDescription: "an answer that was there before the client had it: no latency is less than nothing",
            received: .seconds(90),
            answered: .seconds(1),
            acknowledged: .seconds(31),
            delivery: .milliseconds(1_500),
            acknowledgement: .zero
        ),
        Course(
            testDescription: "an answer that never came",
            received: .seconds(6),
            delivery: .milliseconds(100)
        ),
        Course(testDescription: "nothing came through"),
    ]

    @Test(arguments: courses)
    func `of a clock that goes sixty times as fast the software's time is told from people's`(course: Course) {
        let history = course.history(speed: 60)
        #expect(history.deliveryLatency(of: history.records[0]) == course.emailed, "a carrier's delay is the script's")
        #expect(history.deliveryLatency(of: history.records[1]) == course.delivery)
        #expect(history.acknowledgementLatency(of: history.records[...]) == course.acknowledgement)
        #expect(history.confirmationLatency(of: history.records[...]) == course.confirmation)
    }

    @Test(arguments: courses)
    func `at the machine's own speed every latency is what its two instants say`(course: Course) {
        let history = course.history(speed: 1)
        #expect(history.deliveryLatency(of: history.records[1]) == course.received)
        #expect(history.acknowledgementLatency(of: history.records[...]) == course.acknowledged)
        let confirmation = course.confirmed.flatMap { confirmed in course.answered.map { confirmed - $0 } }
        #expect(history.confirmationLatency(of: history.records[...]) == confirmation)
    }

    @Test func `a limit leaves out by the same latencies`() {
        let measurements = Measurements(Self.courses[0].history(speed: 60))
        #expect(measurements.count(.delivered, within: .milliseconds(50)).count == 1)
        #expect(measurements.count(.delivered, within: .milliseconds(49)).count == 0)
        #expect(measurements.count(.acknowledged, within: .milliseconds(60_100)).count == 1)
        #expect(measurements.count(.acknowledged, within: .milliseconds(60_099)).count == 0)
    }

    @Test func `a record says how fast its clock goes, and when the client came is read from it`() throws {
        let scratch = try Scratch()
        let database = try PeakEvening(at: scratch.file()).database
        try database.write(PeakEvening.header(speed: 60))
        let measurements = Measurements(try database.readHistory())
        // 50 ms on a clock that goes sixty times as fast; 150 ms of absence and 50 ms on it; an e-mail's 3 s.
        #expect(
            measurements.latencies(.delivery).values
                == [.microseconds(833), .microseconds(150_833), .seconds(3)]
        )
        #expect(measurements.latencies(.confirmation).values == [.microseconds(1_333)])
        #expect(measurements.latencies(.dispatchLag).values == [.zero, .microseconds(16_667)])
    }

    @Test func `a record of a version that kept the machine's time at any speed is measured as it was`() throws {
        let scratch = try Scratch()
        let database = try PeakEvening(at: scratch.file()).database
        let before = Breakdown(try database.readHistory()).overall
        try database.write(PeakEvening.header(speed: 60))
        try database.execute(
            """
            DROP VIEW percentiles;
            DROP VIEW latencies;
            ALTER TABLE run DROP COLUMN unplayed;
            ALTER TABLE run DROP COLUMN clock_speed;
            """
        )
        #expect(try database.readRun()?.speed == 60)
        #expect(Breakdown(try database.readHistory()).overall == before)
    }
}
