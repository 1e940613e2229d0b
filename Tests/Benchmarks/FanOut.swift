internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import TestSupport

/// One incident to many connected clients of a server in a process of its own, each of which acknowledges at once: from the
/// request until the last client has seen its acknowledgement, which is then durable.
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
            ["server", "clients", "round ms", "fastest ms", "server CPU s/1,000", "KB a client"]
        )
        for count in clients {
            let own = try ServerProcess(
                command,
                [
                    "serve", "--port", "0", "--database", scratch.file("fan-out-\(count).sqlite"),
                    "--roster", roster(of: count),
                ]
            )
            table.add(try await measure(own, "griddrill", count))
            if let python {
                let script = "Tests/Benchmarks/Peers/socketio_server.py"
                let peer = try ServerProcess(Command(path: python), [script])
                table.add(try await measure(peer, "python-socketio, in memory", count))
            }
        }
        return table
    }

    private func measure(_ server: ServerProcess, _ name: String, _ count: Int) async throws -> [String] {
        defer { server.end() }
        let idle = server.residentBytes
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let http = HTTPClient(eventLoopGroupProvider: .shared(group))
        let crowd = Crowd(count, port: server.port, eventLoop: group.next())
        try await crowd.connect()
        let connected = server.residentBytes
        var seconds: [Double] = []
        let processorBefore = server.processorSeconds
        for _ in 0..<rounds {
            let began = ContinuousClock.now
            let everybody = try await crowd.expectRound()
            try await post(http, port: server.port)
            try await everybody.get()
            seconds.append((ContinuousClock.now - began) / .seconds(1))
        }
        let processor = server.processorSeconds - processorBefore
        try await crowd.close()
        try await http.shutdown()
        try await group.shutdownGracefully()
        return [
            name, "\(count)", (seconds.median * 1_000).text(0), ((seconds.min() ?? 0) * 1_000).text(0),
            (processor / Double(rounds * count) * 1_000).text(3),
            (Double(connected - idle) / Double(count) / 1_000).text(1),
        ]
    }

    private func post(_ http: HTTPClient, port: Int) async throws {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/incident")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        let start = Date.now.addingTimeInterval(3_600).ISO8601Format()
        let end = Date.now.addingTimeInterval(7_200).ISO8601Format()
        request.body = .bytes(
            ByteBuffer(
                string: """
                    {"program_id": 1, "event_type": "market_dispatch", "start_time": "\(start)", "end_time": "\(end)"}
                    """
            )
        )
        let response = try await http.execute(request, timeout: .seconds(60))
        _ = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .ok else {
            throw BenchmarkError("POST /incident was answered with \(response.status)")
        }
    }

    private func roster(of count: Int) throws -> String {
        let text = """
            programs:
              - {id: 1, name: Power Saver}
            customers:
              - {ids: 1..\(count), name: "Home {id}", program: 1, channels: [websocket]}
            """
        return try scratch.write(text + "\n", to: "roster-\(count).yaml")
    }
}
