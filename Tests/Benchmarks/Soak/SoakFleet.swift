internal import Base
internal import DispatchServer
internal import DispatchStore
internal import NIOCore
internal import SocketIO

/// The clients of a soak, on one event loop, and what they saw.
///
/// `@unchecked`: everything but `init` and the constants happens on that event loop; others ask by `submit`.
final class SoakFleet: @unchecked Sendable {
    static let meanSessionMilliseconds = 60_000
    static let longestThinkingMilliseconds = 4_000

    struct Counts: Sendable {
        var joined = 0
        var received = 0
        var confirmed = 0
        var drops = 0

        static func - (a: Counts, b: Counts) -> Counts {
            Counts(
                joined: a.joined - b.joined,
                received: a.received - b.received,
                confirmed: a.confirmed - b.confirmed,
                drops: a.drops - b.drops
            )
        }
    }

    struct Look: Sendable {
        var counts: Counts
        /// Dispatches that a client was told of and has no confirmation for.
        var open: Int
        var port: Int?
    }

    let eventLoop: any EventLoop
    let timer: EventLoopSessionTimer
    let clock = WallClock()
    /// Where the server is now; `nil`: nowhere.
    private(set) var port: Int?
    private(set) var hasEnded = false
    var counts = Counts()
    private var clients: [SoakClient] = []
    private var observations: [(Observation, UniqueID?)] = []

    init(_ count: Int, seed: UInt64, eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        timer = EventLoopSessionTimer(eventLoop)
        clients = (1...count).map { SoakClient($0, seed: seed, fleet: self) }
    }

    func start(port: Int) async throws {
        try await eventLoop.submit { [self] in
            self.port = port
            for client in clients { client.start() }
        }.get()
    }

    func serve(at port: Int?) async throws {
        try await eventLoop.submit { [self] in self.port = port }.get()
    }

    func look() async throws -> Look {
        try await eventLoop.submit { [self] in
            Look(counts: counts, open: clients.reduce(0) { $0 + $1.openCount }, port: port)
        }.get()
    }

    func observed(_ observation: Observation, incident: UniqueID?) {
        if !hasEnded { observations.append((observation, incident)) }
    }

    /// Closes all connections; what was observed, in order.
    func end() async throws -> [(Observation, UniqueID?)] {
        try await eventLoop.submit { [self] in
            for client in clients { client.end() }
            hasEnded = true
            return observations
        }.get()
    }
}
