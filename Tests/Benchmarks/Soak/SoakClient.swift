internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import SocketIO
internal import TestSupport

/// A customer's machine on a bad network: says whose it is, acknowledges what it is told after a while, loses its connection now and
/// then, with or without a goodbye, and comes back.
///
/// `@unchecked`: everything but `init` happens on its fleet's event loop.
final class SoakClient: @unchecked Sendable {
    private static let key = "MDEyMzQ1Njc4OWFiY2RlZg=="

    private struct Open {
        let incident: UniqueID
        let method: DispatchMethod?
        let modification: Int
        var isSent = false
    }

    private let customer: Customer.ID
    private unowned let fleet: SoakFleet
    private var generator: SeededGenerator
    private var handler: SocketIOClientHandler?
    private var channel: (any Channel)?
    /// Tells the attempts to connect apart: one that fails may say so more than once.
    private var attempt = 0
    private var session = 0
    private var isConnected = false
    /// What came in and is not confirmed, by the dispatch's id.
    private var open: [String: Open] = [:]

    init(_ customer: Customer.ID, seed: UInt64, fleet: SoakFleet) {
        self.customer = customer
        self.fleet = fleet
        generator = SeededGenerator(seed: seed &+ UInt64(customer))
    }

    /// How many dispatches it was told of and has no confirmation for.
    var openCount: Int { open.count }

    func start() { later(within: 3_000) { $0.connect() } }

    /// Nothing that comes later counts.
    func end() {
        if isConnected { observe(.disconnected) }
        isConnected = false
        attempt += 1
        channel?.close(promise: nil)
    }

    private func connect() {
        attempt += 1
        let attempt = attempt
        guard let port = fleet.port else { return lost(attempt) }
        let request = SocketIOClientConfiguration().upgradeRequest(host: "127.0.0.1")
        ClientBootstrap(group: fleet.eventLoop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.upgradeToSocketIO(request: request, requestKey: Self.key) { _ in
                        (self.makeHandler(), ())
                    }.whenFailure { _ in self.lost(attempt) }
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenComplete { result in
                switch result {
                case .success(let channel): self.channel = channel
                case .failure: self.lost(attempt)
                }
            }
    }

    private func makeHandler() -> SocketIOClientHandler {
        let handler = SocketIOClientHandler(
            configuration: SocketIOClientConfiguration(),
            delegate: self,
            timer: fleet.timer,
            makeMask: { 0x5A5A_1234 }
        )
        self.handler = handler
        return handler
    }

    private func lost(_ attempt: Int) {
        guard attempt == self.attempt else { return }
        self.attempt += 1
        handler = nil
        channel = nil
        if isConnected { observe(.disconnected) }
        isConnected = false
        for id in open.keys { open[id]?.isSent = false }
        later(within: 3_000) { $0.connect() }
    }

    /// The network fails, or somebody switches the machine off.
    private func leave() {
        fleet.counts.drops += 1
        if Bool.random(using: &generator) { handler?.close() } else { channel?.close(promise: nil) }
    }

    private func acknowledge(_ id: String) {
        guard isConnected, let dispatch = open[id], !dispatch.isSent else { return }
        open[id]?.isSent = true
        observe(.acknowledged, of: dispatch)
        handler?.emit(
            "acknowledge",
            [["_id": .string(id), "ackBy": .string("home \(customer)"), "ackTime": "now"]]
        )
        handler?.flush()
    }

    /// At a time of its own, unless the connection is another one by then.
    private func later(within milliseconds: Int, _ body: @escaping @Sendable (SoakClient) -> Void) {
        let attempt = attempt
        let delay = TimeAmount.milliseconds(Int64(1 + generator.below(milliseconds)))
        fleet.eventLoop.scheduleTask(in: delay) { [self] in
            if attempt == self.attempt, !fleet.hasEnded { body(self) }
        }
    }

    private func observe(_ kind: Observation.Kind, of dispatch: Open? = nil, digest: Int64? = nil) {
        var observation = Observation(at: fleet.clock.now(), kind, customer: customer, session: session)
        observation.method = dispatch.map(\.method)
        observation.modification = dispatch?.modification
        observation.digest = digest
        fleet.observed(observation, incident: dispatch?.incident)
    }
}

extension SoakClient: SocketIOClientDelegate {
    func session(_ handler: SocketIOClientHandler, connectedAs id: String) {
        session += 1
        isConnected = true
        observe(.connected)
        later(within: 2 * SoakFleet.meanSessionMilliseconds) { $0.leave() }
        handler.emit("handshake", [.integer(Int64(customer))]) { [self] result in
            guard case .success(let arguments) = result, arguments.first?["success"] == true else { return }
            observe(.joined)
            fleet.counts.joined += 1
            // What the lost connection left unconfirmed. What is still open comes again by itself, what is over does not.
            for id in open.keys.sorted() {
                later(within: SoakFleet.longestThinkingMilliseconds) { $0.acknowledge(id) }
            }
        }
        handler.flush()
    }

    func session(_ handler: SocketIOClientHandler, received event: SocketIOEvent) {
        guard let body = event.arguments.first, let id = body["_id"]?.stringValue else { return }
        switch event.name {
        // Until the server has taken the handshake the session observes, and hears of the others' dispatches, too.
        case "new-dispatch" where body["customerId"]?.integerValue == Int64(customer):
            guard let incident = body["incidentId"]?.stringValue.flatMap(UniqueID.init),
                let message = body["message"]?.stringValue
            else { return }
            let dispatch = Open(
                incident: incident,
                method: body["dispatchMeans"]?.stringValue.flatMap(DispatchMethod.init(name:)),
                modification: Int(body["modificationNumber"]?.integerValue ?? 0)
            )
            open[id] = dispatch
            fleet.counts.received += 1
            observe(.received, of: dispatch, digest: contentDigest(of: message))
            later(within: SoakFleet.longestThinkingMilliseconds) { $0.acknowledge(id) }
        case "acknowledge-update":
            guard let dispatch = open[id], dispatch.isSent, let success = body["success"]?.boolValue else { return }
            open[id] = nil
            fleet.counts.confirmed += success ? 1 : 0
            observe(success ? .confirmed : .refused, of: dispatch)
        default:
            break
        }
    }

    func session(_ handler: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        if handler === self.handler { lost(attempt) }
    }
}
