internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import TestSupport

/// One incident to many connected clients of a server in a process of its own, each of which acknowledges at once: from the
/// request until the last client has seen its acknowledgement, which is then durable.
///
/// The servers take turns, round by round, so that whatever else the machine does hits all of them.
struct FanOut {
    let command: Command
    let scratch: Scratch
    let rounds: Int
    let clients: [Int]
    /// A Python that has python-socketio and aiohttp, for the peer; `nil`: without it.
    let python: String?

    func measure() async throws -> Table {
        var table = Table(
            "Fan-out over TCP; \(rounds) rounds",
            ["server", "clients", "round ms", "fastest ms", "server CPU s/1,000", "KB a client", "connecting s"]
        )
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let http = HTTPClient(eventLoopGroupProvider: .shared(group))
        for count in clients {
            let contenders = try contenders(count, http, group)
            for contender in contenders { try await contender.connect() }
            for _ in 0..<rounds {
                for contender in contenders { try await contender.takeRound() }
            }
            for contender in contenders {
                table.add(contender.row)
                try await contender.close()
            }
        }
        try await http.shutdown()
        try await group.shutdownGracefully()
        return table
    }

    private func contenders(
        _ count: Int,
        _ http: HTTPClient,
        _ group: MultiThreadedEventLoopGroup
    ) throws -> [Contender] {
        let open = scratch.file("fan-out-\(count).sqlite")
        let closed = scratch.file("fan-out-\(count)-tokens.sqlite")
        let keys = try Keyring(customers: count, database: closed)
        var contenders = [
            Contender(
                "griddrill",
                try ServerProcess(command, serve(open, count)),
                clients: count,
                http: http,
                eventLoop: group.next()
            ),
            Contender(
                "griddrill, tokens",
                try ServerProcess(command, serve(closed, count) + ["--authenticate"]),
                clients: count,
                keys: keys,
                http: http,
                eventLoop: group.next()
            ),
        ]
        if let python {
            let peer = try ServerProcess(Command(path: python), ["Tests/Benchmarks/Peers/socketio_server.py"])
            contenders.append(
                Contender(
                    "python-socketio, in memory",
                    peer,
                    clients: count,
                    http: http,
                    eventLoop: group.next()
                )
            )
        }
        return contenders
    }

    private func serve(_ database: String, _ count: Int) throws -> [String] {
        ["serve", "--port", "0", "--database", database, "--roster", try scratch.roster(of: count)]
    }
}
