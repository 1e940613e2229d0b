import DispatchStore
import Simulation
import TestSupport
import Testing

/// What is expected of the order in which things befall customers, against a run in which they do.
///
/// Customer 1 answers on the websocket a minute after the notice, before the second attempt of its text, which is given up; 2 answers
/// never; 3 answers a text; 4 connects only after the incident was modified, and answers that. The second incident is cancelled
/// before anybody answers it, at customer 2 alone.
@Suite struct OrderTests {
    private static func scenario(expecting text: String) -> String {
        """
        name: Orders
        seed: 1
        starts: 2024-06-03T16:00:00-07:00
        lasts: 2h
        programs: [{id: 1, name: Cool Mornings}, {id: 2, name: Easy Nights}]
        customers:
          - {id: 1, name: One, program: 1, phone: "+16175550101", channels: [text, websocket]}
          - {id: 2, name: Two, program: 2, email: two@grid.example, channels: [email]}
          - {id: 3, name: Three, program: 1, phone: "+16175550103", channels: [text]}
          - {id: 4, name: Four, program: 1, channels: [websocket]}
        clients:
          - {of: all, acknowledges: {after: 1m}}
          - {of: {customer: 1}, acknowledges: [{modification: 0, after: 1s}, {after: 1m}]}
          - {of: {customer: 2}, acknowledges: never}
          - {of: {customer: 4}, connects: {at: 16:40}}
        carriers:
          text: {delay: 2s, except: [{of: {customer: 1}, modification: 0, attempt: 1, fails: 100%}]}
        timeline:
          - {at: 16:10, incident: {id: peak, program: 1, event_type: e, start: 17:00, end: 17:30}}
          - {at: 16:20, incident: {id: night, program: 2, event_type: e, start: 17:00, end: 17:30}}
          - {at: 16:30, modify: {incident: peak, end: 17:40}}
          - {at: 16:50, cancel: night}
        expect:
          - \(text)
        """
    }

    @Test(
        arguments: [
            ("dispatched before sent", "4 cases in order"), ("sent before delivered", "4 cases in order"),
            ("text before delivered{channel:text}", "2 cases in order"),
            ("never text{modification:0} after acknowledged{modification:0}", "2 cases in order"),
            ("websocket before acknowledged{customer:4}", "1 case in order"),
            ("failed before acknowledged{customer:2}", nil),
            ("acknowledged{incident:peak} before modified", nil),
            ("modified before acknowledged{modification:1}", "3 cases in order"),
            ("never email after cancelled", "1 case in order"),
            ("never sent{incident:night} after cancelled", "1 case in order"),
            ("never text{program:1} after acknowledged", nil),
        ] as [(String, String?)]
    )
    func `an order holds of those who have the second event, or does not`(
        _ text: String,
        _ observed: String?
    ) async throws {
        let finding = try await Self.finding(text)
        #expect(finding.held == (observed != nil), "\(finding)")
        if let observed { #expect(finding.observed == observed) }
    }

    private static func finding(_ text: String) async throws -> ExpectationFinding {
        let run = try await run(scenario: scenario(expecting: text))
        return try #require(run.outcome.expectations.first { $0.text == text })
    }

    /// Customer 1 has the dispatch on its websocket, goes and is given it once more; 2 answers at the instant at which it has it.
    @Test(arguments: [
        ("never websocket{customer:1} after delivered", false), ("never sent{customer:1} after delivered", false),
        ("never websocket{customer:2} after delivered", true), ("delivered{customer:2} before acknowledged", true),
        ("acknowledged{customer:2} before delivered", false),
        ("never acknowledged{customer:2} after delivered", false),
    ])
    func `what is sent again at joining counts, and an answer comes after what is answered`(
        _ text: String,
        _ holds: Bool
    ) async throws {
        let run = try await run(
            scenario: """
                name: Orders
                seed: 1
                starts: 2024-06-03T16:00:00-07:00
                lasts: 1h
                programs: [{id: 1, name: Cool Mornings}]
                customers: [{ids: 1..2, name: "Site {id}", program: 1, channels: [websocket]}]
                clients:
                  - {of: {customer: 1}, disconnects: {at: 16:12, for: 2m}, acknowledges: {after: 10m}}
                  - {of: {customer: 2}, acknowledges: {after: 0s}}
                timeline: [{at: 16:10, incident: {id: peak, program: 1, event_type: e, start: 16:30, end: 16:50}}]
                expect:
                  - \(text)
                """
        )
        let finding = try #require(run.outcome.expectations.first { $0.text == text })
        #expect(finding.held == holds, "\(finding)")
    }

    @Test func `what is out of order is told of each with both instants`() async throws {
        let after = try await Self.finding("never text{program:1} after acknowledged")
        #expect(after.observed == "2 of 3 cases out of order")
        #expect(
            after.explanation
                == "customer 1, peak: acknowledged at 16:10:01, text at 16:30:00; customer 3, peak: acknowledged at 16:11:02, text at 16:30:00"
        )
        let before = try await Self.finding("acknowledged before modified")
        #expect(before.observed == "1 of 3 cases out of order")
        #expect(before.explanation == "customer 4, peak: modified at 16:30:00, acknowledged only at 16:41:00")
        let never = try await Self.finding("acknowledged before cancelled")
        #expect(never.explanation == "customer 2, night: cancelled at 16:50:00, never acknowledged")
    }

    @Test(arguments: ["never text after acknowledged{customer:2}", "sent before cancelled{incident:peak}"])
    func `an order that nobody could have broken has not held`(_ text: String) async throws {
        let finding = try await Self.finding(text)
        #expect(!finding.held)
        #expect(finding.observed == "none")
        #expect(finding.explanation?.hasPrefix("nothing to compare: nobody whom it concerns has ") == true)
    }
}
