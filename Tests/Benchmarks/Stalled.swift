internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import TestSupport

/// Clients that stop reading their sockets, and what all others notice of it.
///
/// The stalled ones never acknowledge, so that a round is the same work whether they read or not. At first they stop and begin
/// again in turns; then they stop for good, half of them ask for answers that they do not read, and the server is to let go of
/// all of them: of the ones by what waits for them, of the others by the pings that they leave unanswered.
struct Stalled {
    let command: Command
    let scratch: Scratch
    let rounds: Int
    let clients: Int
    let stalled: Int

    private static let pingInterval = 5_000
    private static let pingTimeout = 5_000
    private static let answerBytes = 100_000

    func measure() async throws -> Table {
        var table = Table(
            "\(stalled) of \(clients) clients stop reading; \(rounds) rounds of each kind, in turns",
            ["rounds", "round ms", "fastest ms", "slowest ms", "server MB", "sessions", "files"]
        )
        let server = try ServerProcess(
            command,
            [
                "serve", "--port", "0", "--database", scratch.file("stalled.sqlite"), "--roster",
                scratch.roster(of: clients), "--ping-interval", "\(Self.pingInterval)", "--ping-timeout",
                "\(Self.pingTimeout)",
            ]
        )
        defer { server.end() }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let http = HTTPClient(eventLoopGroupProvider: .shared(group))
        let crowd = Crowd(clients, silent: stalled, port: server.port, eventLoop: group.next())
        let desk = Desk(http: http, port: server.port)
        try await crowd.connect()

        func round() async throws -> Double {
            let began = ContinuousClock.now
            let everybody = try await crowd.expectRound()
            try await desk.openIncident()
            try await everybody.get()
            return (ContinuousClock.now - began) / .seconds(1)
        }
        func row(_ name: String, _ seconds: [Double]) async throws -> [String] {
            [
                name, (seconds.median * 1_000).text(0), ((seconds.min() ?? 0) * 1_000).text(0),
                ((seconds.max() ?? 0) * 1_000).text(0), (Double(server.residentBytes) / 1_000_000).text(0),
                "\(try await desk.sessionCount())", "\(server.openFileCount)",
            ]
        }

        _ = try await round()
        var reading: [Double] = []
        var stalling: [Double] = []
        for _ in 0..<rounds {
            try await crowd.readSilently(false)
            stalling.append(try await round())
            try await crowd.readSilently(true)
            reading.append(try await round())
        }
        table.add(try await row("all read", reading))
        table.add(try await row("\(stalled) do not", stalling))

        try await crowd.readSilently(false)
        var letGo: [Double] = []
        var peak = 0
        let files = server.openFileCount
        let began = ContinuousClock.now
        repeat {
            try await crowd.askSilently(forBytes: Self.answerBytes)
            letGo.append(try await round())
            peak = max(peak, server.residentBytes)
            guard ContinuousClock.now - began < .seconds(120) else {
                throw BenchmarkError("after two minutes the server still holds connections that read nothing")
            }
            // A session that is over is not enough: its connection must go, too.
        } while server.openFileCount > files - stalled
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        table.add(try await row("until they are let go, \(seconds.text(0)) s", letGo))
        table.add(["at most while that lasted", "", "", "", (Double(peak) / 1_000_000).text(0), "", ""])

        try await crowd.close()
        try await http.shutdown()
        try await group.shutdownGracefully()
        return table
    }
}
