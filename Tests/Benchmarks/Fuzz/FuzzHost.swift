import Base
internal import SocketIO

/// A host that sends everything back, and writes down what it was told.
///
/// `@unchecked`: used on one thread, by one embedded event loop.
final class FuzzHost: SocketIOServerDelegate, @unchecked Sendable {
    private(set) var log: [String] = []
    private(set) var opened = 0
    private(set) var closed = 0

    func sessionOpened(_ session: SocketIOServerSession) { opened += 1 }

    func session(
        _ session: SocketIOServerSession,
        admits namespace: String,
        authentication: JSONObject?
    ) -> SocketIOAdmission {
        authentication?["token"] == "no" ? .refuse(message: "no", data: nil) : .accept
    }

    func session(_ session: SocketIOServerSession, connectedTo namespace: String, authentication: JSONObject?) {
        log.append("connected \(namespace)")
        session.emit("auth", [.object(authentication ?? [:])], namespace: namespace)
    }

    func session(_ session: SocketIOServerSession, received event: SocketIOEvent) {
        log.append("event \(event)")
        if let id = event.acknowledgementID {
            session.acknowledge(id, event.arguments, namespace: event.namespace)
        } else {
            session.emit("back", event.arguments, namespace: event.namespace) { [weak self] result in
                self?.log.append("answered \(result)")
            }
        }
    }

    func session(
        _ session: SocketIOServerSession,
        disconnectedFrom namespace: String,
        because reason: DisconnectReason
    ) {
        log.append("left \(namespace)")
    }

    func session(_ session: SocketIOServerSession, closedBecause reason: DisconnectReason) {
        closed += 1
        log.append("closed \(reason)")
    }
}
