import Analysis
import Base
import DemandResponse
import DispatchStore
import TestSupport
import Testing

/// A change of the rules is found and named in the trade's words, by the ledger and by the comparison of two records.
@Suite struct PlantedChangeTests {
    private func changes(_ change: PlantedChange) async throws -> [String] {
        let after = try await run(scenario: RehearsedEvening.everything, as: "after", planting: change)
        let database = try RunRecord.openUnproven(at: after.record)
        defer { try? database.close() }
        return try Ledger(record: database).differences(from: try await RehearsedEvening.ledger()).map(\.text)
    }

    @Test func `of an unchanged build nothing differs`() async throws {
        #expect(try await RehearsedEvening.ledger() == (try await RehearsedEvening.ledger()))
        #expect(try await changes(.noLonger(.voice)) == [])
    }

    @Test func `who is dispatched`() async throws {
        #expect(
            try await changes(.passesOver(17)) == [
                "customer 17, incidents peak and second: is no longer dispatched; was dispatched by email, text, websocket",
                "incident second: the change 1 cancellation is not there any more; was CANCELLED: THIS IS A DRILL. Dear Voltan, You have been dispa…",
            ]
        )
    }

    @Test func `by which method`() async throws {
        let changes = try await changes(.noLonger(.text))
        #expect(
            changes == [
                "customer 17, incidents peak and second: text is no longer sent; was sent at once, to {phone}",
                "customer 17, incident second: is no longer told of the cancellation by text; was told (to {phone}, delivered)",
            ]
        )
    }

    @Test func `with which message`() async throws {
        let changes = try await changes(.otherWords("{customer}, please curtail until {end}"))
        #expect(changes.count == 4)
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
                "customer 17, incidents peak and second: email is now sent at once, to {email}, sent again after 7 s, "
                    + "sent again after 14 s; was sent at once, to {email}, sent again after 5 s, sent again after 10 s, "
                    + "sent again after 20 s",
                "customer 17, incident second: email of change 1 is now sent at 21:15:00, to {email}, sent again after 7 s, "
                    + "sent again after 14 s; was sent at 21:15:00, to {email}, sent again after 5 s, sent again after 10 s, "
                    + "sent again after 20 s",
                "customer 17, incident second: the cancellation by email is now to {email}, sent again after 7 s, "
                    + "sent again after 14 s, sent again after 28 s, sent again after 56 s, sent again after 112 s, "
                    + "sent again after 224 s, sent again after 300 s x 6, failed: the simulated email carrier failed; "
                    + "was to {email}, sent again after 5 s, sent again after 10 s, sent again after 20 s, "
                    + "sent again after 40 s, sent again after 80 s, sent again after 160 s, "
                    + "sent again after 300 s x 6, failed: the simulated email carrier failed",
            ]
        )
    }
}
