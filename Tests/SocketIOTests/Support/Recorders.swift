import Base
import SocketIO

/// Writes down what a server's host is told, and answers as it was bidden.
///
/// `@unchecked`: tests have one thread.
final class ServerRecorder: SocketIOServerDelegate, @unchecked Sendable {
    var log: [String] = []
    var sessions: [SocketIOServerSession] = []
    var events: [SocketIOEvent] = []
    var admission = SocketIOAdmission.accept
    var onEvent: ((SocketIOServerSession, SocketIOEvent) -> Void)?

    func session(
        _ session: SocketIOServerSession,
        admits namespace: String,
        authentication: JSONObject?
    ) -> SocketIOAdmission {
        admission
    }

    func session(_ session: SocketIOServerSession, connectedTo namespace: String, authentication: JSONObject?) {
        log.append("connected \(namespace) \(authentication.map { JSON.object($0).text } ?? "-")")
        sessions.append(session)
    }

    func session(_ session: SocketIOServerSession, received event: SocketIOEvent) {
        events.append(event)
        onEvent?(session, event)
    }

    func session(
        _ session: SocketIOServerSession,
        disconnectedFrom namespace: String,
        because reason: DisconnectReason
    ) {
        log.append("disconnected \(namespace) \(reason.code.rawValue)")
    }

    func session(_ session: SocketIOServerSession, closedBecause reason: DisconnectReason) {
        log.append("closed \(reason.code.rawValue)")
    }
}

/// Writes down what a client's host is told, and answers as it was bidden.
final class ClientRecorder: SocketIOClientDelegate {
    var log: [String] = []
    var session: SocketIOClientHandler?
    var events: [SocketIOEvent] = []
    var onEvent: ((SocketIOClientHandler, SocketIOEvent) -> Void)?

    func session(_ session: SocketIOClientHandler, connectedAs id: String) {
        log.append("connected \(id)")
        self.session = session
    }

    func session(_ session: SocketIOClientHandler, received event: SocketIOEvent) {
        events.append(event)
        onEvent?(session, event)
    }

    func session(_ session: SocketIOClientHandler, refusedWith payload: JSON?) {
        log.append("refused \(payload?.text ?? "-")")
    }

    func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        log.append("disconnected \(reason.code.rawValue)")
    }
}
