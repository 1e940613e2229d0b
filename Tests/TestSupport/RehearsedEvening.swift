public import Analysis
internal import DispatchStore

/// A small evening in which everything is decided that a ledger tells.
///
/// Site 2 answers late, 3 declines, 4 never answers, 5 connects after the dispatch, 6 never connects; Walmart is reached by e-mail,
/// which fails for now each time, by text, and over its session; nothing reaches the last one. Incident `second` is modified
/// and then cancelled; a third is refused.
public enum RehearsedEvening {
    public static let everything = """
        name: Everything
        seed: 11
        starts: 2019-08-27T20:30:00-07:00
        lasts: 2h
        programs: [{id: 1, name: Cool Mornings, acknowledge_within: 10m}]
        customers:
          - {ids: 1..9, name: "Site {id}", program: 1, channels: [websocket]}
          - {id: 17, name: Walmart, program: 1, email: desk@walmart.example, phone: "+16175550101", channels: [email, text, websocket]}
          - {id: 18, name: Nobody, program: 1, channels: []}
        clients:
          - {of: all, link: {delay: 40ms}, acknowledges: {after: 1m, by: "{name} operator"}}
          - {of: {customer: 2}, acknowledges: {after: 15m, by: "{name} operator"}}
          - {of: {customer: 3}, acknowledges: {after: 1m, declines: 100%, by: "{name} operator"}}
          - {of: {customer: 4}, acknowledges: never}
          - {of: {customer: 5}, connects: {at: 20:50}}
          - {of: {customer: 6}, connects: never}
        carriers: {email: {delay: 5s, fails: {share: 100%, kind: temporary}}, text: {delay: 2s}}
        timeline:
          - {at: 20:46, incident: {id: peak, program: 1, event_type: market_dispatch, start: "21:00", end: "22:00"}}
          - {at: 21:10, incident: {id: second, program: 1, event_type: emergency, start: "21:20", end: "22:00", test: true}}
          - {at: 21:15, modify: {incident: second, end: "22:10"}}
          - {at: 21:30, cancel: {incident: second}}
          - {at: 21:35, modify: {incident: second, end: "22:20"}}
        expect: [dispatches == 26]
        """

    /// Three hundred alike, of whom a few never answer.
    public static let crowd = """
        name: Crowd
        seed: 5
        starts: 2024-06-25T18:00:00-04:00
        lasts: 20m
        programs: [{id: 20, name: Relief}]
        customers: [{ids: 1..300, name: "Site {id}", program: 20, channels: [websocket]}]
        clients: [{of: all, link: {delay: 40ms, jitter: 10ms}, acknowledges: {after: "uniform(5s, 60s)", share: 97%}}]
        timeline: [{at: 60s, incident: {id: relief, program: 20, event_type: emergency, start: 10m, end: 70m}}]
        expect: [dispatches == 300]
        """

    /// The evening as it is, run once for all tests.
    private static let original = Task { try await run(scenario: everything, as: "evening") }

    public static func ledger() async throws -> Ledger { try ledger(of: try await original.value) }

    public static func ledger(_ text: String) async throws -> Ledger {
        try ledger(of: try await run(scenario: text, as: "evening"))
    }

    private static func ledger(of run: ScenarioRun) throws -> Ledger {
        let database = try RunRecord.openUnproven(at: run.record)
        defer { try? database.close() }
        return try Ledger(record: database)
    }
}
