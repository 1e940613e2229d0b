internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import SocketIO

/// Many clients on one event loop that acknowledge whatever they are sent.
///
/// `@unchecked`: all state is touched on that event loop alone.
final class Crowd: @unchecked Sendable {
    private static let mostConnecting = 100

    private let count: Int
    private let port: Int
    private let eventLoop: any EventLoop
    fileprivate let timer: EventLoopSessionTimer
    private var members: [Member] = []
    private var channels: [any Channel] = []
    private var confirmed = 0
    private var round: EventLoopPromise<Void>?

    init(_ count: Int, port: Int, eventLoop: any EventLoop) {
        self.count = count
        self.port = port
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

    /// Succeeds when every client has seen its acknowledgement once more.
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
            return EventLoopFuture.andAllComplete(channels.map(\.closeFuture), on: eventLoop)
        }.get()
    }

    private func connect(_ customer: Int) -> EventLoopFuture<Void> {
        let joined = eventLoop.makePromise(of: Void.self)
        let member = Member(customer: customer, crowd: self, joined: joined)
        members.append(member)
        let request = SocketIOClientConfiguration().upgradeRequest(host: "127.0.0.1")
        let key = "MDEyMzQ1Njc4OWFiY2RlZg=="
        ClientBootstrap(group: eventLoop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
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
                case .success(let channel): channels.append(channel)
                case .failure(let error): joined.fail(error)
                }
            }
        return joined.futureResult
    }

    fileprivate func confirm() {
        confirmed += 1
        guard confirmed == count else { return }
        round?.succeed()
        round = nil
    }
}

/// `@unchecked`: used on the crowd's event loop alone.
private final class Member: SocketIOClientDelegate, @unchecked Sendable {
    private let customer: Int
    private unowned let crowd: Crowd
    private let joined: EventLoopPromise<Void>
    private(set) var session: SocketIOClientHandler?

    init(customer: Int, crowd: Crowd, joined: EventLoopPromise<Void>) {
        self.customer = customer
        self.crowd = crowd
        self.joined = joined
    }

    func makeSession() -> SocketIOClientHandler {
        let session = SocketIOClientHandler(
            configuration: SocketIOClientConfiguration(),
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
        guard let body = event.arguments.first?.objectValue, let id = body["_id"] else { return }
        switch event.name {
        case "new-dispatch":
            session.emit("acknowledge", [["_id": id, "ackBy": "the crowd", "ackTime": "now"]])
            session.flush()
        case "acknowledge-update": crowd.confirm()
        default: break
        }
    }

    func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        joined.fail(BenchmarkError("customer \(customer) lost its connection: \(reason)"))
    }
}
