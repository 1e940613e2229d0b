import Base
internal import NIOCore
internal import SocketIO
internal import TestSupport

/// A fleet that acknowledges whatever it is sent, but for some, the last ones, who never do.
///
/// `@unchecked`: all state is touched on the fleet's event loop alone.
final class Crowd: @unchecked Sendable {
    private let count: Int
    private let silent: Int
    private let port: Int
    private let eventLoop: any EventLoop
    private var confirmed = 0
    private var round: EventLoopPromise<Void>?
    private let keys: Keyring?
    private lazy var fleet = Fleet(count, on: eventLoop) { [count, silent, keys] customer in
        // Of those who stop reading, so that what waits for them waits at the server.
        FleetClient.Settings(
            token: keys?.token(ofCustomer: customer),
            receiveBufferBytes: customer > count - silent ? 4_096 : 65_536
        )
    } reaction: { [unowned self] client, event in
        if case .received(let event) = event, client.customer <= count - silent { react(client, event) }
    }

    /// - Parameters:
    ///   - silent: how many acknowledge nothing.
    ///   - keys: `nil`: nobody shows a token.
    init(_ count: Int, silent: Int = 0, port: Int, keys: Keyring? = nil, eventLoop: any EventLoop) {
        self.count = count
        self.silent = silent
        self.port = port
        self.keys = keys
        self.eventLoop = eventLoop
    }

    func connect() async throws { try await fleet.join(port: port) }

    func close() async throws { try await fleet.end() }

    /// Succeeds when every client that acknowledges has seen its acknowledgement once more.
    func expectRound() async throws -> EventLoopFuture<Void> {
        try await eventLoop.submit { [self] in
            let promise = eventLoop.makePromise(of: Void.self)
            confirmed = 0
            round = promise
            return promise.futureResult
        }.get()
    }

    /// The silent ones stop reading their sockets, or begin again.
    func readSilently(_ isReading: Bool) async throws {
        try await eventLoop.flatSubmit { [self] in
            let options = fleet.clients.suffix(silent).compactMap { $0.channel?.setOption(.autoRead, value: isReading) }
            return EventLoopFuture.andAllComplete(options, on: eventLoop)
        }.get()
    }

    /// Every other one of the silent asks what makes the server send that many bytes back: the refusal holds what was said.
    func askSilently(forBytes count: Int) async throws {
        let body: JSON = ["_id": "none", "filler": .string(String(repeating: "x", count: count))]
        try await fleet.submit { [silent] fleet in
            for (index, client) in fleet.clients.suffix(silent).enumerated() where index.isMultiple(of: 2) {
                client.emit("acknowledge", body)
            }
        }
    }

    private func react(_ client: FleetClient, _ event: SocketIOEvent) {
        guard let id = event.arguments.first?.objectValue?["_id"] else { return }
        switch event.name {
        case "new-dispatch": client.acknowledge(id, by: "the crowd")
        case "acknowledge-update":
            confirmed += 1
            guard confirmed == count - silent else { return }
            round?.succeed()
            round = nil
        default: break
        }
    }
}
