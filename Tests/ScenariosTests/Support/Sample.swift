import Scenarios

/// A small scenario without a mistake, to be spoilt.
enum Sample {
    static let path = "sample.yaml"

    static let text = """
        name: Sample
        description: Two programs.
        seed: 7
        starts: 2019-08-27T20:30:00-07:00
        lasts: 2h
        server: {ping_interval: 25s, ping_timeout: 20s}
        programs:
          - {id: 1, name: Mornings, time_zone: America/Los_Angeles, acknowledge_within: 10m}
          - {id: 5, name: Games}
        customers:
          - {id: 1, name: Keroche, program: 1, phone: "+16175550101", channels: [email, text, websocket], email: a@b.example}
          - {id: 8, name: Nobody, program: 5, channels: []}
          - {ids: 1000..1009, name: "Site {id}", program: 1, channels: [websocket]}
        clients:
          - of: {program: 1}
            connects: {at: 0s, spread: 2m}
            link: {delay: 40ms, jitter: 15ms, loss: 0.1%}
            acknowledges: {after: lognormal(median 90s, p95 6m), share: 97%, by: "{name} operator"}
          - of: {customer: 1001}
            acknowledges: never
          - of: {customers: 1002..1003}
            disconnects: {at: 21:05, for: 5m}
        carriers:
          email: {delay: 3s, fails: 2%}
          text: {delay: 2s, fails: {share: 3%, kind: permanent}}
        timeline:
          - {at: 20:45, incident: {id: peak, program: 1, event_type: market_dispatch, start: 21:00, end: 22:00}}
          - {at: 20:50, modify: {incident: peak, end: 22:10}}
          - {at: 20:55, cancel: peak}
        expect:
          - dispatches == 13
          - acknowledged{program:1} >= 94% within 10m

        """

    /// The sample with its only occurrence of a text replaced.
    static func text(_ old: String, _ new: String) -> String {
        let parts = text.split(separator: old, omittingEmptySubsequences: false)
        precondition(parts.count == 2, "'\(old)' stands \(parts.count - 1) times in the sample")
        return parts.joined(separator: new)
    }

    static func read(_ text: String = Sample.text) -> Reading<Scenario> {
        ScenarioReader.read(text: text, path: path)
    }

    static func read(_ old: String, _ new: String) -> Reading<Scenario> {
        read(text(old, new))
    }
}
