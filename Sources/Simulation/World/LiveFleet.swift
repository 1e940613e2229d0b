internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Scenarios
internal import SocketIO

/// The clients of a live run: real sockets on one event loop, which owns everything here.
///
/// `@unchecked`: all state is touched on that event loop alone, but for `counts`, which has a lock.
final class LiveFleet: @unchecked Sendable {
    struct Counts: Sendable {
        /// Connections, frames and wakes so far.
        var events = 0
        var received = 0
        /// Wakes that are still to come.
        var waiting = 0
    }

    private let eventLoop: any EventLoop
    private let host: String
    private let port: Int
    private let clock: WallClock
    private let timer: EventLoopSessionTimer
    private let names: [UniqueID: String]
    private var clients: [Client] = []
    private var observations: [(Observation, UniqueID?)] = []
    private var hasEnded = false
    private let counted = NIOLockedValueBox(Counts())

    init(
        _ scenario: Scenario,
        names: [UniqueID: String],
        host: String,
        port: Int,
        clock: WallClock,
        eventLoop: any EventLoop
    ) {
        self.eventLoop = eventLoop
        self.host = host
        self.port = port
        self.clock = clock
        self.names = names
        timer = EventLoopSessionTimer(eventLoop)
        for (index, (customer, behaviour)) in scenario.behaviours().enumerated() {
            let machine = ClientMachine(customer: customer, behaviour: behaviour, seed: scenario.seed)
            clients.append(Client(index, machine, seed: scenario.seed, network: self))
        }
    }

    var counts: Counts { counted.withLockedValue { $0 } }

    func begin() async throws {
        try await eventLoop.submit { [self] in
            for client in clients { client.begin() }
        }.get()
    }

    /// A carrier has brought a dispatch to a customer.
    func reached(_ dispatch: Dispatch) {
        eventLoop.execute { [self] in
            var low = 0
            var high = clients.count
            while low < high {
                let middle = (low + high) / 2
                if clients[middle].customer < dispatch.key.customer { low = middle + 1 } else { high = middle }
            }
            if low < clients.count, clients[low].customer == dispatch.key.customer { clients[low].reached(dispatch) }
        }
    }

    /// Closes all connections; what was observed, in order.
    func end() async throws -> [(Observation, UniqueID?)] {
        try await eventLoop.submit { [self] in
            hasEnded = true
            for client in clients {
                drop(client)
                client.end()
            }
            return observations
        }.get()
    }
}

extension LiveFleet: ClientNetwork {
    var now: Timestamp { clock.now() }

    func put(_ wake: ClientMachine.Wake, for client: Client, at instant: Timestamp) {
        counted.withLockedValue { $0.waiting += 1 }
        let delay = max(.zero, instant - clock.now())
        eventLoop.scheduleTask(in: .microseconds(delay.microseconds)) { [self] in
            counted.withLockedValue { counts in
                counts.waiting -= 1
                counts.events += 1
            }
            if !hasEnded { client.wake(wake) }
        }
    }

    func observe(_ observation: Observation, incident: UniqueID?) {
        observations.append((observation, incident))
        counted.withLockedValue { counts in
            counts.events += 1
            if case .received = observation.kind { counts.received += 1 }
        }
    }

    func name(of incident: UniqueID) -> String? { names[incident] }

    func id(of name: String) -> UniqueID? { names.first { $0.value == name }?.key }

    func connect(_ client: Client) {
        let key = client.makeRequestKey()
        let connections = client.connections
        let request = HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: "/socket.io/?EIO=4&transport=websocket",
            headers: ["host": "\(host):\(port)", "content-length": "0"]
        )
        let lost: @Sendable (any Error) -> Void = { _ in
            // Only if it is still this attempt that counts.
            if client.connections == connections { client.lost() }
        }
        ClientBootstrap(group: eventLoop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.upgradeToSocketIO(request: request, requestKey: key) { _ in
                        (client.makeSession(timer: self.timer), ())
                    }.whenFailure(lost)
                }
            }
            .connect(host: host, port: port)
            .whenComplete { [self] result in
                switch result {
                case .success(let channel):
                    if hasEnded { channel.close(promise: nil) } else { client.connection = LiveConnection(channel) }
                case .failure(let error):
                    lost(error)
                }
            }
    }

    func drop(_ client: Client) {
        (client.connection as? LiveConnection)?.channel.close(promise: nil)
    }
}

/// What the live world keeps of a client's connection.
private final class LiveConnection {
    let channel: any Channel

    init(_ channel: any Channel) { self.channel = channel }
}
