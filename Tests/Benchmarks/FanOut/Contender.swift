internal import AsyncHTTPClient
internal import NIOCore

/// A server with its clients, and what it was measured at so far.
final class Contender {
    private let name: String
    private let server: ServerProcess
    private let crowd: Crowd
    private let desk: Desk
    private let clients: Int
    private var idleBytes = 0
    private var connectedBytes = 0
    private var connectSeconds = 0.0
    private var roundSeconds: [Double] = []
    private var processorSeconds = 0.0

    /// - Parameter keys: `nil`: the server asks nobody for a token.
    init(
        _ name: String,
        _ server: ServerProcess,
        clients: Int,
        keys: Keyring? = nil,
        http: HTTPClient,
        eventLoop: any EventLoop
    ) {
        self.name = name
        self.server = server
        self.clients = clients
        crowd = Crowd(clients, port: server.port, keys: keys, eventLoop: eventLoop)
        desk = Desk(http: http, port: server.port, token: keys?.operator)
    }

    func connect() async throws {
        idleBytes = server.residentBytes
        let began = ContinuousClock.now
        try await crowd.connect()
        connectSeconds = (ContinuousClock.now - began) / .seconds(1)
        connectedBytes = server.residentBytes
    }

    /// One incident, acknowledged by every client.
    func takeRound() async throws {
        let processor = server.processorSeconds
        let began = ContinuousClock.now
        let everybody = try await crowd.expectRound()
        try await desk.openIncident()
        try await everybody.get()
        roundSeconds.append((ContinuousClock.now - began) / .seconds(1))
        processorSeconds += server.processorSeconds - processor
    }

    func close() async throws {
        try await crowd.close()
        server.end()
    }

    var row: [String] {
        [
            name, "\(clients)", (roundSeconds.median * 1_000).text(0), ((roundSeconds.min() ?? 0) * 1_000).text(0),
            (processorSeconds / Double(roundSeconds.count * clients) * 1_000).text(3),
            (Double(connectedBytes - idleBytes) / Double(clients) / 1_000).text(1), connectSeconds.text(1),
        ]
    }
}
