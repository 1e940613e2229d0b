internal import TestSupport

/// Virtual runs of one program with two incidents: what a dispatch costs, by the number of customers.
struct VirtualRuns {
    let command: Command
    let scratch: Scratch
    let times: Int
    let customers: [Int]

    private static let incidents = 2

    func measure() throws -> Table {
        var table = Table(
            "Virtual runs, every dispatch through the real pipelines and into the record",
            ["customers", "dispatches", "s", "dispatches/s", "µs each", "to the first", "peak MB", "KB a client"]
        )
        let small = try command.run(["run", "--quiet", "--reports", scratch.file("virtual"), scenario(of: 1)])
        var first: Double?
        for count in customers {
            let path = try scenario(of: count)
            let costs = try (0..<times).map { _ in
                try command.run(["run", "--quiet", "--reports", scratch.file("virtual"), path])
            }
            let seconds = costs.map(\.wallSeconds).median
            let dispatches = Double(count * Self.incidents)
            let each = (seconds - small.wallSeconds) / dispatches * 1_000_000
            first = first ?? each
            let peak = costs.map { Double($0.peakBytes) }.median
            table.add([
                "\(count)", dispatches.text(0), seconds.text(3), (dispatches / seconds).text(0), each.text(1),
                (each / (first ?? each)).text(2), (peak / 1_000_000).text(0),
                ((peak - Double(small.peakBytes)) / Double(count) / 1_000).text(1),
            ])
        }
        return table
    }

    private func scenario(of count: Int) throws -> String {
        let text = """
            name: \(count) customers
            seed: 1
            starts: 2022-09-06T16:00:00-07:00
            lasts: 1h
            server: {ping_interval: 10m, ping_timeout: 5m}
            programs:
              - {id: 1, name: Power Saver}
            customers:
              - {ids: 1..\(count), name: "Home {id}", program: 1, channels: [websocket]}
            clients:
              - of: {program: 1}
                connects: {at: 0s, spread: 3m}
                link: {delay: lognormal(median 40ms, p95 200ms), jitter: 10ms}
                acknowledges: {after: lognormal(median 90s, p95 6m), share: 97%}
            timeline:
              - {at: 16:05, incident: {id: first, program: 1, event_type: market_dispatch, start: 16:20, end: 16:50}}
              - {at: 16:25, incident: {id: second, program: 1, event_type: market_dispatch, start: 16:40, end: 16:59}}
            expect:
              - dispatches == \(count * Self.incidents)
            """
        return try scratch.write(text + "\n", to: "customers-\(count).yaml")
    }
}
