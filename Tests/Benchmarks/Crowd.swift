internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import SocketIO

/// Many clients on one event loop that acknowledge whatever they are sent, but for some who never do.
///
/// `@unchecked`: all state is touched on that event loop alone.
final class Crowd: @unchecked Sendable {
    private static let mostConnecting = 100

    private let count: Int
    private let silent: Int
    private let port: Int
    private let keys: Keyring?
    private let eventLoop: any EventLoop
    fileprivate let timer: EventLoopSessionTimer
    private var members: [Member] = []
    /// At a customer's id less one.
    private var channels: [(any Channel)?]
    private var confirmed = 0
    private var round: EventLoopPromise<Void>?

    /// - Parameters:
    ///   - silent: how many, the last ones, acknowledge nothing.
    ///   - keys: `nil`: nobody shows a token.
    init(_ count: Int, silent: Int = 0, port: Int, keys: Keyring? = nil, eventLoop: any EventLoop) {
        self.count = count
        self.silent = silent
        self.port = port
        self.keys = keys
        channels = Array(repeating: nil, count: count)
        self.eventLoop = eventLoop
        timer = EventLoopSessionTimer(eventLoop)
    }

    /// Connects them all, a hundred at a time, each with its customer's id.
    func connect() async throws {
        for first in stride(from: 1, through: count, by: Self.mostConnecting) {
            let batch = first..<min(first + Self.mostConnecting, count + 1)
            try await eventLoop.flatSubmit { [self] in
                EventLoopFuture.andAllSucceed(batch.map(connect), on: eventLoop)
            }.get()
        }
    }

    /// Succeeds when every client that acknowledges has seen its acknowledgement once more.
    func expectRound() async throws -> EventLoopFuture<Void> {
        try await eventLoop.submit { [self] in
            let promise = eventLoop.makePromise(of: Void.self)
            confirmed = 0
            round = promise
            return promise.futureResult
        }.get()
    }

    func close() async throws {
        try await eventLoop.flatSubmit { [self] in
            for member in members { member.session?.close() }
            return EventLoopFuture.andAllComplete(channels.compactMap { $0?.closeFuture }, on: eventLoop)
        }.get()
    }

    /// The silent ones stop reading their sockets, or begin again.
    func readSilently(_ isReading: Bool) async throws {
        try await eventLoop.flatSubmit { [self] in
            let options = channels.suffix(silent).compactMap { $0?.setOption(.autoRead, value: isReading) }
            return EventLoopFuture.andAllComplete(options, on: eventLoop)
        }.get()
    }

    /// Every other one of the silent asks what makes the server send that many bytes back: the refusal holds what was said.
    func askSilently(forBytes count: Int) async throws {
        let body: JSON = ["_id": "none", "filler": .string(String(repeating: "x", count: count))]
        let packet = EncodedPacket(event: "acknowledge", [body])
        try await eventLoop.submit { [self] in
            for (index, member) in members.suffix(silent).enumerated() where index.isMultiple(of: 2) {
                member.session?.emit(packet)
                member.session?.flush()
            }
        }.get()
    }

    private func connect(_ customer: Int) -> EventLoopFuture<Void> {
        let joined = eventLoop.makePromise(of: Void.self)
        let member = Member(
            customer: customer,
            token: keys?.token(ofCustomer: customer),
            isSilent: customer > count - silent,
            crowd: self,
            joined: joined
        )
        members.append(member)
        let request = SocketIOClientConfiguration().upgradeRequest(host: "127.0.0.1")
        let key = "MDEyMzQ1Njc4OWFiY2RlZg=="
        ClientBootstrap(group: eventLoop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            // Of those who stop reading, so that what waits for them waits at the server.
            .channelOption(.socketOption(.so_rcvbuf), value: customer > count - silent ? 4_096 : 65_536)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.upgradeToSocketIO(request: request, requestKey: key) { _ in
                        (member.makeSession(), ())
                    }.cascadeFailure(to: joined)
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenComplete { [self] result in
                switch result {
                case .success(let channel): channels[customer - 1] = channel
                case .failure(let error): joined.fail(error)
                }
            }
        return joined.futureResult
    }

    fileprivate func confirm() {
        confirmed += 1
        guard confirmed == count - silent else { return }
        round?.succeed()
        round = nil
    }
}

/// `@unchecked`: used on the crowd's event loop alone.
private final class Member: SocketIOClientDelegate, @unchecked Sendable {
    private let customer: Int
    private let token: String?
    private let isSilent: Bool
    private unowned let crowd: Crowd
    private let joined: EventLoopPromise<Void>
    private(set) var session: SocketIOClientHandler?

    init(customer: Int, token: String?, isSilent: Bool, crowd: Crowd, joined: EventLoopPromise<Void>) {
        self.customer = customer
        self.token = token
        self.isSilent = isSilent
        self.crowd = crowd
        self.joined = joined
    }

    func makeSession() -> SocketIOClientHandler {
        var configuration = SocketIOClientConfiguration()
        if let token { configuration.authentication = ["token": .string(token)] }
        let session = SocketIOClientHandler(
            configuration: configuration,
            delegate: self,
            timer: crowd.timer,
            makeMask: { 0x5A5A_1234 }
        )
        self.session = session
        return session
    }

    func session(_ session: SocketIOClientHandler, connectedAs id: String) {
        session.emit("handshake", [.integer(Int64(customer))]) { [joined] result in
            switch result {
            case .success: joined.succeed()
            case .failure(let error): joined.fail(error)
            }
        }
        session.flush()
    }

    func session(_ session: SocketIOClientHandler, received event: SocketIOEvent) {
        guard !isSilent, let body = event.arguments.first?.objectValue, let id = body["_id"] else { return }
        switch event.name {
        case "new-dispatch":
            session.emit("acknowledge", [["_id": id, "ackBy": "the crowd", "ackTime": "now"]])
            session.flush()
        case "acknowledge-update": crowd.confirm()
        default: break
        }
    }

    func session(_ session: SocketIOClientHandler, refusedWith payload: JSON?) {
        joined.fail(BenchmarkError("customer \(customer) was not let in: \(payload?.text ?? "no reason given")"))
    }

    func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        joined.fail(BenchmarkError("customer \(customer) lost its connection: \(reason)"))
    }
}
