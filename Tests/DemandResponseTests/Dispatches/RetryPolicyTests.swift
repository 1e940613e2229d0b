import Base
import DemandResponse
import Testing

@Suite("RetryPolicy")
struct RetryPolicyTests {
    private static func incident(_ period: String, announced: String = "20:00", cancelled: String? = nil) -> Incident {
        Incident(
            number: 1,
            id: UniqueID(named: "peak"),
            correlation: UniqueID(named: "correlation"),
            program: 1,
            eventType: "market_dispatch",
            period: Incident.Period(period),
            createdAt: Timestamp(clock: "20:00"),
            announcedAt: Timestamp(clock: announced),
            closing: cancelled.map { Closing(.cancellation, at: Timestamp(clock: $0)) }
        )
    }

    @Test(
        "the delay doubles from the first to the longest",
        arguments: [(1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 300), (8, 300), (1_000, 300)]
            as [(Int, Int64)]
    )
    func backoff(attempts: Int, seconds: Int64) {
        let now = Timestamp(clock: "20:00")
        let next = RetryPolicy().nextAttempt(after: attempts, at: now, of: Self.incident("21:00-22:00"))
        #expect(next == now + .seconds(seconds))
    }

    @Test(
        "a program may say how often, after which pause at first, and after which at most",
        arguments: [
            (Retries(times: 2), [5, 10, nil]), (Retries(times: 0), [nil]),
            (Retries(first: .seconds(30)), [30, 60, 120]),
            (Retries(times: 3, first: .seconds(30), atMost: .seconds(45)), [30, 45, 45, nil]),
            (Retries(atMost: .seconds(8)), [5, 8, 8]), (Retries(atMost: .seconds(2)), [2, 2]),
            (Retries(first: .minutes(10)), [600, 600]), (Retries(), [5, 10, 20]),
        ] as [(Retries, [Int64?])]
    )
    func adjusted(retries: Retries, pauses: [Int64?]) {
        let now = Timestamp(clock: "20:00")
        for (index, pause) in pauses.enumerated() {
            let policy = RetryPolicy().adjusted(by: retries)
            let next = policy.nextAttempt(after: index + 1, at: now, of: Self.incident("21:00-22:00"))
            #expect(next == pause.map { now + .seconds($0) }, "after \(index + 1)")
        }
    }

    @Test("an attempt at or after the end of the incident is none")
    func end() {
        let incident = Self.incident("21:00-22:00")
        let policy = RetryPolicy(firstDelay: .seconds(5))
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "21:59:54"), of: incident) != nil)
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "21:59:55"), of: incident) == nil)
    }

    @Test("without an end the deadline counts from the last thing that was announced")
    func openEnd() {
        let policy = RetryPolicy(openEndedDeadline: .hours(1))
        let first = Self.incident("21:00-")
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "20:59"), of: first) != nil)
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "21:00"), of: first) == nil)
        let modified = Self.incident("21:00-", announced: "22:00")
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "22:59"), of: modified) != nil)
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "23:00"), of: modified) == nil)
        let cancelled = Self.incident("21:00-", cancelled: "22:30")
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "23:29"), of: cancelled) != nil)
        #expect(policy.nextAttempt(after: 1, at: Timestamp(clock: "23:30"), of: cancelled) == nil)
    }
}
