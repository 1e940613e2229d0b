public import NIOCore
internal import SocketIO

/// Clients of a server, over real sockets on one event loop: one for each customer, whose ids count from 1.
///
/// What they do beyond connecting is the test's: it reacts to what they are told.
///
/// `@unchecked`: everything but `init` and the constants happens on that event loop; others ask by ``submit(_:)``.
public final class Fleet: @unchecked Sendable {
    /// Called on the event loop.
    public typealias Reaction = @Sendable (FleetClient, FleetClient.Event) -> Void

    public let eventLoop: any EventLoop
    /// Where the server is now; `nil`: nowhere.
    public private(set) var port: Int?
    /// In the order of the customers.
    public private(set) var clients: [FleetClient] = []
    let timer: EventLoopSessionTimer
    private(set) var hasEnded = false
    private let reaction: Reaction

    /// - Parameter settings: of the client of each customer.
    public init(
        _ count: Int,
        seed: UInt64 = 0,
        on eventLoop: any EventLoop,
        settings: (_ customer: Int) -> FleetClient.Settings,
        reaction: @escaping Reaction
    ) {
        self.eventLoop = eventLoop
        self.reaction = reaction
        timer = EventLoopSessionTimer(eventLoop)
        clients = (1...count).map { FleetClient($0, seed: seed, settings: settings($0), fleet: self) }
    }

    /// Does something on the event loop.
    public func submit<Result: Sendable>(_ body: @escaping @Sendable (Fleet) throws -> Result) async throws -> Result {
        try await eventLoop.submit { [self] in try body(self) }.get()
    }

    /// From now on the server is there.
    public func serve(at port: Int?) async throws { try await submit { $0.port = port } }

    /// Each client connects, at a moment of its own.
    public func start(port: Int, within milliseconds: Int) async throws {
        try await serve(at: port)
        try await submit { fleet in
            for client in fleet.clients { client.later(within: milliseconds) { $0.connect() } }
        }
    }

    /// Connects all of them, a hundred at a time, and returns when the server has taken every handshake.
    public func join(port: Int) async throws {
        try await serve(at: port)
        for first in stride(from: 0, to: clients.count, by: Self.mostJoining) {
            let last = min(first + Self.mostJoining, clients.count)
            try await eventLoop.flatSubmit { [self] in
                EventLoopFuture.andAllSucceed(clients[first..<last].map { $0.join() }, on: eventLoop)
            }.get()
        }
    }

    private static let mostJoining = 100

    /// Closes all connections; nothing that comes later counts.
    public func end() async throws {
        try await eventLoop.flatSubmit { [self] in
            hasEnded = true
            let closed = clients.map { $0.end() }
            clients = []
            return EventLoopFuture.andAllComplete(closed, on: eventLoop)
        }.get()
    }

    func react(_ client: FleetClient, _ event: FleetClient.Event) {
        if !hasEnded { reaction(client, event) }
    }
}
