/// Scenarios for the command.
enum Sample {
    /// Half an hour of twenty customers, of whom one never answers; with its expectations.
    static func scenario(
        name: String = "Small",
        lasts: String = "30m",
        expect: [String] = ["dispatches == 21", "acknowledged == 19"]
    ) -> String {
        """
        name: \(name)
        seed: 3
        starts: 2024-06-03T16:00:00-07:00
        lasts: \(lasts)
        programs: [{id: 1, name: Cool Mornings}]
        customers:
          - {ids: 1..20, name: "Site {id}", program: 1, channels: [websocket]}
          - {id: 21, name: Nobody, program: 1, channels: []}
        clients:
          - {of: {program: 1}, link: {delay: 40ms, jitter: 10ms}, acknowledges: {after: "uniform(10s, 60s)"}}
          - {of: {customer: 20}, acknowledges: never}
        timeline:
          - {at: 16:05, incident: {id: peak, program: 1, event_type: market_dispatch, start: "16:20", end: "16:25"}}
        expect:

        """ + expect.map { "  - \($0)\n" }.joined()
    }

    /// The same scenario with its programs and customers in a file that it includes.
    static func including(_ name: String) -> (scenario: String, included: String) {
        let lines = scenario().split(separator: "\n", omittingEmptySubsequences: false)
        let (first, last) = (
            lines.firstIndex { $0.hasPrefix("programs") } ?? 0, lines.firstIndex { $0.hasPrefix("clients") } ?? 0
        )
        let rest = lines[..<first] + ["include: \(name)"] + lines[last...]
        return (rest.joined(separator: "\n"), lines[first..<last].joined(separator: "\n") + "\n")
    }

    /// Runs for minutes in virtual time, since over links on which nothing takes the same time twice heartbeats are played: for tests
    /// that end it early.
    static let long = """
        name: Long
        seed: 3
        starts: 2024-06-03T16:00:00-07:00
        lasts: 400h
        server: {ping_interval: 1s, ping_timeout: 20s}
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{ids: 1..500, name: "Site {id}", program: 1, channels: [websocket]}]
        clients: [{of: all, link: {delay: 1ms, jitter: 1ms}, acknowledges: {after: 10s}}]
        timeline:
          - {at: 16:05, incident: {id: peak, program: 1, event_type: market_dispatch, start: "16:20", end: "16:25"}}
        expect: [dispatches == 500]
        """
}
