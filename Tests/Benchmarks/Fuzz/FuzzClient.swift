import Base
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import SocketIO

/// A client in memory, upgraded to WebSocket, that is fed with a server's bytes.
final class FuzzClient {
    /// The answer to the key of RFC 6455 §1.3.
    private static let upgrade =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"

    let loop = EmbeddedEventLoop()
    let host = FuzzClientHost()
    let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(loop: loop)
        let host = host
        let future = try channel.pipeline.syncOperations.upgradeToSocketIO(
            request: SocketIOClientConfiguration().upgradeRequest(host: "fuzz"),
            requestKey: "dGhlIHNhbXBsZSBub25jZQ=="
        ) { channel in
            let handler = SocketIOClientHandler(
                configuration: SocketIOClientConfiguration(),
                delegate: host,
                timer: EventLoopSessionTimer(channel.eventLoop),
                makeMask: { 0x37FA_213D }
            )
            return (handler, ())
        }
        future.whenFailure { _ in }
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/fuzz"), promise: nil)
        _ = try channel.sent()
        channel.receive(Array(Self.upgrade.utf8))
    }
}

/// Answers every event with one of its own, and writes down what it was told.
///
/// `@unchecked`: used on one thread, by one embedded event loop.
final class FuzzClientHost: SocketIOClientDelegate, @unchecked Sendable {
    private(set) var log: [String] = []
    private(set) var ends = 0

    func session(_ session: SocketIOClientHandler, connectedAs id: String) { log.append("connected \(id)") }

    func session(_ session: SocketIOClientHandler, received event: SocketIOEvent) {
        log.append("event \(event)")
        if let id = event.acknowledgementID {
            session.acknowledge(id, event.arguments)
        } else {
            session.emit("back", event.arguments) { [weak self] result in self?.log.append("answered \(result)") }
        }
    }

    func session(_ session: SocketIOClientHandler, refusedWith payload: JSON?) {
        log.append("refused \(payload?.text ?? "")")
    }

    func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        ends += 1
        log.append("ended \(reason)")
    }
}
