public import Base
public import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import SocketIO

/// A customer's machine: connects, says whose it is, and comes back when it has lost its connection, if it is one that does.
///
/// `@unchecked`: everything happens on its fleet's event loop.
public final class FleetClient: @unchecked Sendable {
    public struct Settings: Sendable {
        /// The bearer token to show; `nil`: none.
        public var token: String?
        /// How much the kernel may hold of what is not read yet; `nil`: as much as it likes.
        public var receiveBufferBytes: Int?
        /// Within how many milliseconds it tries again after a lost connection or a failed attempt; `nil`: it stays away.
        public var comesBackWithin: Int?

        public init(token: String? = nil, receiveBufferBytes: Int? = nil, comesBackWithin: Int? = nil) {
            self.token = token
            self.receiveBufferBytes = receiveBufferBytes
            self.comesBackWithin = comesBackWithin
        }
    }

    public enum Event {
        /// The session is open, and hears of everybody's dispatches until the server has taken the handshake.
        case connected
        /// The server has taken the handshake.
        case joined
        case received(SocketIOEvent)
        /// The connection is lost, or was never made.
        case lost(wasConnected: Bool)
    }

    /// RFC 6455 §4.1 asks for sixteen random bytes, against caches in between; here there are none.
    private static let requestKey = "MDEyMzQ1Njc4OWFiY2RlZg=="

    public let customer: Int
    public var generator: RandomStream
    public private(set) var isConnected = false
    public private(set) var channel: (any Channel)?
    private let settings: Settings
    private let fleet: Fleet
    private var session: SocketIOClientHandler?
    /// Tells the attempts to connect apart: one that fails may say so more than once.
    private var attempt = 0
    private var refusal: String?
    private var joining: EventLoopPromise<Void>?

    init(_ customer: Int, seed: UInt64, settings: Settings, fleet: Fleet) {
        self.customer = customer
        self.settings = settings
        self.fleet = fleet
        generator = RandomStream(state: seed &+ UInt64(customer))
    }

    /// Writes an event and sends it.
    public func emit(_ name: String, _ arguments: JSON...) {
        session?.emit(name, arguments)
        session?.flush()
    }

    public func acknowledge(_ dispatch: JSON, by name: String) {
        emit("acknowledge", ["_id": dispatch, "ackBy": .string(name), "ackTime": "now"])
    }

    /// Does something after a while of its own, unless the connection is another one by then.
    public func later(within milliseconds: Int, _ body: @escaping @Sendable (FleetClient) -> Void) {
        let attempt = attempt
        let delay = TimeAmount.milliseconds(Int64(1 + generator.below(milliseconds)))
        fleet.eventLoop.scheduleTask(in: delay) { [self] in
            if attempt == self.attempt, !fleet.hasEnded { body(self) }
        }
    }

    /// Somebody switches the machine off.
    public func leave() { session?.close() }

    /// The network fails.
    public func drop() { channel?.close(promise: nil) }

    /// Succeeds when the server has taken the handshake.
    func join() -> EventLoopFuture<Void> {
        let promise = fleet.eventLoop.makePromise(of: Void.self)
        joining = promise
        connect()
        return promise.futureResult
    }

    func connect() {
        attempt += 1
        let attempt = attempt
        guard let port = fleet.port else { return lost(attempt, because: "there is no server") }
        let request = SocketIOClientConfiguration().upgradeRequest(host: "127.0.0.1:\(port)")
        var bootstrap = ClientBootstrap(group: fleet.eventLoop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations
                        .upgradeToSocketIO(request: request, requestKey: Self.requestKey) { _ in
                            (self.makeSession(), ())
                        }
                        .whenFailure { self.lost(attempt, because: "\($0)") }
                }
            }
        if let bytes = settings.receiveBufferBytes {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: bytes)
        }
        bootstrap.connect(host: "127.0.0.1", port: port).whenComplete { result in
            switch result {
            case .success(let channel): if attempt == self.attempt { self.channel = channel }
            case .failure(let error): self.lost(attempt, because: "\(error)")
            }
        }
    }

    /// Closes the connection for good; nothing that comes later counts.
    func end() -> EventLoopFuture<Void> {
        let (session, channel) = (session, channel)
        (self.session, self.channel) = (nil, nil)
        attempt += 1
        isConnected = false
        session?.close()
        return channel?.closeFuture ?? fleet.eventLoop.makeSucceededVoidFuture()
    }

    private func makeSession() -> SocketIOClientHandler {
        var configuration = SocketIOClientConfiguration()
        if let token = settings.token { configuration.authentication = ["token": .string(token)] }
        let session = SocketIOClientHandler(
            configuration: configuration,
            delegate: self,
            timer: fleet.timer,
            makeMask: { UInt32(truncatingIfNeeded: self.generator.next()) }
        )
        self.session = session
        return session
    }

    private func lost(_ attempt: Int, because reason: String) {
        guard attempt == self.attempt else { return }
        self.attempt += 1
        (session, channel) = (nil, nil)
        let wasConnected = isConnected
        isConnected = false
        joining?.fail(FleetError(description: "customer \(customer): \(refusal ?? reason)"))
        joining = nil
        fleet.react(self, .lost(wasConnected: wasConnected))
        if let within = settings.comesBackWithin { later(within: within) { $0.connect() } }
    }
}

extension FleetClient: SocketIOClientDelegate {
    public func session(_ session: SocketIOClientHandler, connectedAs id: String) {
        isConnected = true
        fleet.react(self, .connected)
        session.emit("handshake", [.integer(Int64(customer))]) { [self] result in
            let promise = joining
            joining = nil
            switch result {
            case .success(let arguments) where arguments.first?["success"] != false:
                promise?.succeed()
                fleet.react(self, .joined)
            case .success(let arguments):
                promise?.fail(FleetError(description: "customer \(customer): not taken: \(arguments)"))
            case .failure(let error):
                promise?.fail(FleetError(description: "customer \(customer): \(error)"))
            }
        }
        session.flush()
    }

    public func session(_ session: SocketIOClientHandler, received event: SocketIOEvent) {
        fleet.react(self, .received(event))
    }

    public func session(_ session: SocketIOClientHandler, refusedWith payload: JSON?) {
        refusal = "not let in: \(payload?.text ?? "no reason given")"
    }

    public func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        if session === self.session { lost(attempt, because: "the connection was lost: \(reason)") }
    }
}

/// Why a client did not get in.
struct FleetError: Error, CustomStringConvertible {
    let description: String
}
