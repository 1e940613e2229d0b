import NIOCore
import NIOHTTP1
import NIOPosix
import SocketIO
import TestSupport

/// A customer's machine: says whose it is, acknowledges what it is told, and comes back whenever the server is gone.
///
/// `@unchecked`: everything but `init` happens on its event loop.
final class SiteClient: @unchecked Sendable {
    private let customer: Int
    private let ledger: Ledger
    private let eventLoop: any EventLoop
    private let timer: EventLoopSessionTimer
    private let port: @Sendable () -> Int?
    private var generator: SeededGenerator
    private var session: SocketIOClientHandler?
    private var own: Set<String> = []
    private var connections = 0
    private var answers = 0
    private var hasEnded = false

    /// - Parameter port: where the server listens now; `nil` while there is none.
    init(
        customer: Int,
        seed: UInt64,
        ledger: Ledger,
        eventLoop: any EventLoop,
        port: @escaping @Sendable () -> Int?
    ) {
        self.customer = customer
        self.ledger = ledger
        self.eventLoop = eventLoop
        self.port = port
        timer = EventLoopSessionTimer(eventLoop)
        generator = SeededGenerator(seed: seed &+ UInt64(customer))
    }

    func start() { eventLoop.execute { self.connect() } }

    func end() {
        eventLoop.execute {
            self.hasEnded = true
            self.session?.close()
        }
    }

    private func connect() {
        guard !hasEnded else { return }
        connections += 1
        let connection = connections
        guard let port = port() else { return comeBack(after: connection) }
        let key = SessionKey.make(using: &generator)
        let request = SocketIOClientConfiguration().upgradeRequest(host: "127.0.0.1:\(port)")
        ClientBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.upgradeToSocketIO(request: request, requestKey: key) { _ in
                        (self.makeSession(), ())
                    }.whenFailure { _ in self.comeBack(after: connection) }
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenFailure { _ in self.comeBack(after: connection) }
    }

    private func makeSession() -> SocketIOClientHandler {
        let session = SocketIOClientHandler(
            configuration: SocketIOClientConfiguration(),
            delegate: self,
            timer: timer,
            makeMask: { UInt32.random(in: .min ... .max, using: &self.generator) }
        )
        self.session = session
        return session
    }

    /// A connection that fails may say so more than once.
    private func comeBack(after connection: Int) {
        guard !hasEnded, connection == connections else { return }
        session = nil
        connections += 1
        eventLoop.scheduleTask(in: .milliseconds(Int64.random(in: 5...40, using: &generator))) { self.connect() }
    }

    private func acknowledge(_ dispatch: String) {
        answers += 1
        let name = "customer \(customer), answer \(answers)"
        session?.emit("acknowledge", [["_id": .string(dispatch), "ackBy": .string(name), "ackTime": "now"]])
        session?.flush()
    }
}

extension SiteClient: SocketIOClientDelegate {
    func session(_ session: SocketIOClientHandler, connectedAs id: String) {
        ledger.connected(customer)
        session.emit("handshake", [.integer(Int64(customer))]) { [ledger] result in
            if case .success(let arguments) = result, arguments.first?["success"] == true { ledger.joined() }
        }
    }

    func session(_ session: SocketIOClientHandler, received event: SocketIOEvent) {
        guard let body = event.arguments.first, let id = body["_id"]?.stringValue else { return }
        switch event.name {
        // Until the server has taken the handshake the session observes, and hears of the others' dispatches, too.
        case "new-dispatch" where body["customerId"]?.integerValue == Int64(customer):
            own.insert(id)
            ledger.received(id, customer: customer, incident: body["incidentId"]?.stringValue ?? "")
            let thinking = TimeAmount.milliseconds(Int64.random(in: 0...60, using: &generator))
            eventLoop.assumeIsolated().scheduleTask(in: thinking) {
                // Over the connection that brought it, or not at all: the next one brings it again.
                if session === self.session { self.acknowledge(id) }
            }
        case "acknowledge-update" where body["success"] == true && own.contains(id):
            ledger.confirmed(id, customer: customer, by: body["ackBy"]?.stringValue ?? "")
        case "acknowledge-update" where body["success"] == false:
            ledger.refused(id, body["reason"]?.stringValue ?? "")
        default:
            break
        }
    }

    func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        if session === self.session { comeBack(after: connections) }
    }
}

/// `Sec-WebSocket-Key` (RFC 6455 §4.1): 16 bytes in base64.
private enum SessionKey {
    static func make(using generator: inout SeededGenerator) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let digits = (0..<21).map { _ in alphabet[Int.random(in: 0..<64, using: &generator)] }
        // The last of 22 digits holds two bits of the 128.
        return String(digits) + "A=="
    }
}
