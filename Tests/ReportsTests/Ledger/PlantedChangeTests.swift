import Base
import DemandResponse
import DispatchStore
import Reports
import TestSupport
import Testing

/// A change of the rules is found and named in the trade's words, by the ledger and by the comparison of two records.
@Suite struct PlantedChangeTests {
    private func changes(_ change: PlantedChange) async throws -> [String] {
        let before = try await run(scenario: RehearsedEvening.everything, as: "before")
        let after = try await run(scenario: RehearsedEvening.everything, as: "after", planting: change)
        let comparison = try RunComparison(
            ComparedRecord(path: before.record),
            ComparedRecord(path: after.record),
            tolerance: 0.05
        )
        return comparison.differences.map(\.text)
    }

    @Test func `of an unchanged build nothing differs`() async throws {
        #expect(try await RehearsedEvening.ledger() == (try await RehearsedEvening.ledger()))
        #expect(try await changes(.noLonger(.voice)) == [])
    }

    @Test func `who is dispatched`() async throws {
        #expect(
            try await changes(.passesOver(17)) == [
                "customer 17, incidents peak and second: is no longer dispatched; was dispatched by email, text, websocket"
            ]
        )
    }

    @Test func `by which method`() async throws {
        let changes = try await changes(.noLonger(.text))
        #expect(
            changes == [
                "customer 17, incidents peak and second: text is no longer sent; was sent at once",
                "customer 17, incident second: is no longer told of the cancellation by text; was told (delivered)",
            ]
        )
    }

    @Test func `with which message`() async throws {
        let changes = try await changes(.otherWords("{customer}, please curtail until {end}"))
        #expect(changes.count == 3)
        #expect(changes.first?.contains("the message now says \"{name}, please") ?? false, "\(changes)")
    }

    @Test func `what an acknowledgement means`() async throws {
        #expect(
            try await changes(.takesDeclinesForAcceptances) == [
                "customer 3, incidents peak and second: the answer is now acknowledged in time by {name} operator; "
                    + "was declined in time by {name} operator",
                "customer 3, incident second: the answer to change 1 is now acknowledged in time by {name} operator; "
                    + "was declined in time by {name} operator",
            ]
        )
    }

    @Test func `how long an acknowledgement is in time`() async throws {
        #expect(
            try await changes(.acknowledgeWithin(.minutes(20))) == [
                "customer 2, incidents peak and second: the answer is now acknowledged in time by {name} operator; "
                    + "was acknowledged late by {name} operator"
            ]
        )
    }

    @Test func `when a delivery is tried again`() async throws {
        let changes = try await changes(.retries(RetryPolicy(firstDelay: .seconds(7))))
        #expect(
            changes == [
                "customer 17, incidents peak and second: email is now sent at once, sent again after 7 s, "
                    + "sent again after 14 s; was sent at once, sent again after 5 s, sent again after 10 s, "
                    + "sent again after 20 s",
                "customer 17, incident second: email of change 1 is now sent at 21:15:00, sent again after 7 s, "
                    + "sent again after 14 s; was sent at 21:15:00, sent again after 5 s, sent again after 10 s, "
                    + "sent again after 20 s",
            ]
        )
    }
}
