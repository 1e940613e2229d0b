internal import Base
internal import DemandResponse
internal import DispatchStore
internal import NIOConcurrencyHelpers
internal import SocketIO

/// Who a session's bearer is and what it may do, where tokens are asked for: an operator everything, a viewer nothing but see, a
/// customer what concerns itself.
extension RealTimeGateway {
    /// By the `token` of the CONNECT packet's payload.
    func admit(_ session: SocketIOServerSession, _ authentication: JSONObject?) -> SocketIOAdmission {
        guard let authenticator else { return .accept }
        let presented = authentication?["token"]?.stringValue
        switch authenticator.authenticate(presented, from: session.address) {
        case .success(let principal):
            registry.withLockedValue { $0.principals[session.number] = principal }
            return .accept
        case .failure(let refusal):
            deny("connect", session, token: presented.flatMap(BearerToken.init)?.id, refusal.message)
            return .refuse(message: refusal.message)
        }
    }

    func role(of session: SocketIOServerSession) -> AccessRole {
        guard authenticator != nil else { return .operator }
        // Who is not known was not let in.
        return registry.withLockedValue { $0.principals[session.number]?.role } ?? .viewer
    }

    /// How the audit log names a session's bearer. Nobody comes from anywhere in a virtual world.
    func actor(of session: SocketIOServerSession) -> String? {
        guard session.address != unknownPeer else { return nil }
        let principal = registry.withLockedValue { $0.principals[session.number] }
        return Principal.actor(principal, at: session.address)
    }

    /// Why a message is not followed; `nil`: it is.
    func refusal(of message: ClientMessage, from session: SocketIOServerSession) -> String? {
        guard authenticator != nil else { return nil }
        let reason: String
        switch (message, role(of: session)) {
        case (.acknowledge, .viewer): reason = "a viewer acknowledges nothing"
        // Who joins a customer has the dispatches reach that customer; a viewer sees them as it is.
        case (.handshake, .viewer): reason = "a viewer is no customer; it sees every event without a handshake"
        case (.handshake(let customer), .customer(let own)) where customer != own:
            reason = "this token is customer \(own)'s, not customer \(customer)'s"
        default: return nil
        }
        let token = registry.withLockedValue { $0.principals[session.number]?.token }
        deny(message.isHandshake ? "handshake" : "acknowledge", session, token: token, reason)
        return reason
    }

    /// Closes the sessions whose token has expired or was revoked since they came. Reads the database.
    func closeRevoked() {
        // One query for all of them: thousands of sessions would be thousands of queries, every few seconds.
        guard let authenticator else { return }
        // First who is there: a token that is made and shown in between stands, too.
        let held = registry.withLockedValue { $0.principals.mapValues(\.token) }
        guard !held.isEmpty, let valid = authenticator.validTokens() else { return }
        for (id, token) in held.sorted(by: { $0.key < $1.key }) where !valid.contains(token) {
            registry.withLockedValue { $0.sessions[id] }?.run { $0.close(.serverNamespaceDisconnect) }
        }
    }

    private func deny(_ subject: String, _ session: SocketIOServerSession, token: String?, _ reason: String) {
        let denial = AccessDenial(subject: subject, address: session.address, token: token, reason: reason)
        denials.deny(denial, actor: actor(of: session))
    }
}

extension ClientMessage {
    fileprivate var isHandshake: Bool {
        if case .handshake = self { true } else { false }
    }
}
