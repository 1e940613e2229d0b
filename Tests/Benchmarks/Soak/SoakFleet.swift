internal import Base
internal import Base
internal import DispatchServer
internal import DispatchStore
internal import NIOCore
internal import TestSupport

/// The clients of a soak and what they saw.
///
/// `@unchecked`: everything but `init` and the constants happens on the fleet's event loop.
final class SoakFleet: @unchecked Sendable {
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

    private static let comesBackWithinMilliseconds = 3_000

    let clock = WallClock()
    var counts = Counts()
    private let fleet: Fleet
    private let homes: [SoakHome]
    private var observations: [(Observation, UniqueID?)] = []

    init(_ count: Int, seed: UInt64, eventLoop: any EventLoop) {
        let homes = (1...count).map { SoakHome($0) }
        self.homes = homes
        fleet = Fleet(count, seed: seed, on: eventLoop) { _ in
            FleetClient.Settings(comesBackWithin: Self.comesBackWithinMilliseconds)
        } reaction: { client, event in
            homes[client.customer - 1].react(to: event, client)
        }
        for home in homes { home.fleet = self }
    }

    func start(port: Int) async throws {
        try await fleet.start(port: port, within: Self.comesBackWithinMilliseconds)
    }

    func serve(at port: Int?) async throws { try await fleet.serve(at: port) }

    func look() async throws -> Look {
        try await fleet.submit { [self] fleet in
            Look(counts: counts, open: homes.reduce(0) { $0 + $1.openCount }, port: fleet.port)
        }
    }

    func observed(_ observation: Observation, incident: UniqueID?) {
        observations.append((observation, incident))
    }

    /// Closes all connections; what was observed, in order.
    func end() async throws -> [(Observation, UniqueID?)] {
        let observations = try await fleet.submit { [self] fleet in
            for client in fleet.clients where client.isConnected { homes[client.customer - 1].observe(.disconnected) }
            return self.observations
        }
        try await fleet.end()
        return observations
    }
}
