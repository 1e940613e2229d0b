import Base
import NIOCore
import SocketIO

/// Sends each message back.
final class EngineIOEchoHost: EngineIOServerDelegate {
    func opened(_ session: EngineIOServerSession) {}

    func session(_ session: EngineIOServerSession, received message: EngineIOMessage) {
        session.send(message)
    }

    func session(_ session: EngineIOServerSession, closedBecause reason: DisconnectReason) {}
}

/// Sends back, as `message-back`, what comes as `message`, and answers `message-with-ack` through its callback.
final class SocketIOEchoHost: SocketIOServerDelegate {
    /// The suites look at one packet a wakeup and miss a second one that comes with it. So nothing is sent in the same
    /// breath as the answer to CONNECT.
    private static let pause = TimeAmount.milliseconds(25)

    func session(_ session: SocketIOServerSession, connectedTo namespace: String, authentication: JSONObject?) {
        later(session) { $0.emit("auth", [.object(authentication ?? [:])], namespace: namespace) }
    }

    func session(_ session: SocketIOServerSession, received event: SocketIOEvent) {
        switch (event.name, event.acknowledgementID) {
        case ("message", _):
            later(session) { $0.emit("message-back", event.arguments, namespace: event.namespace) }
        case ("message-with-ack", let id?):
            later(session) { $0.acknowledge(id, event.arguments, namespace: event.namespace) }
        default:
            break
        }
    }

    func session(
        _ session: SocketIOServerSession,
        disconnectedFrom namespace: String,
        because reason: DisconnectReason
    ) {}

    /// In the order of the calls.
    private func later(_ session: SocketIOServerSession, _ send: @escaping @Sendable (SocketIOServerSession) -> Void) {
        session.eventLoop.scheduleTask(in: Self.pause) {
            send(session)
            session.flush()
        }
    }
}
