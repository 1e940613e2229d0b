public import Base

/// What a host learns of its sessions. One object serves all sessions of a server. Called on the session's event loop.
///
/// A session ends within whatever call made it end: `emit`, `flush` and `close` may call `disconnected` and `closed`
/// before they return.
public protocol SocketIOServerDelegate: AnyObject, Sendable {
    /// A session is open, and has joined nothing yet: its first call. The default does nothing.
    func sessionOpened(_ session: SocketIOServerSession)

    /// A client asks to join a namespace. The default lets everybody in.
    func session(
        _ session: SocketIOServerSession,
        admits namespace: String,
        authentication: JSONObject?
    ) -> SocketIOAdmission

    /// A client has joined, and was told so; from now on there are events.
    func session(_ session: SocketIOServerSession, connectedTo namespace: String, authentication: JSONObject?)

    /// An event came. If it has an `acknowledgementID`, answer with `acknowledge`, now or later.
    func session(_ session: SocketIOServerSession, received event: SocketIOEvent)

    /// An event came that is too many by the `eventRate`: it is to be refused, if there is a way. The default drops it.
    func session(_ session: SocketIOServerSession, exceededWith event: SocketIOEvent)

    /// The end of what `connectedTo` began; once for each namespace.
    func session(_ session: SocketIOServerSession, disconnectedFrom namespace: String, because reason: DisconnectReason)

    /// The session is over: the last call, made once, whether a namespace was joined or not. The default does nothing.
    func session(_ session: SocketIOServerSession, closedBecause reason: DisconnectReason)
}

extension SocketIOServerDelegate {
    public func sessionOpened(_ session: SocketIOServerSession) {}

    public func session(
        _ session: SocketIOServerSession,
        admits namespace: String,
        authentication: JSONObject?
    ) -> SocketIOAdmission {
        .accept
    }

    public func session(_ session: SocketIOServerSession, exceededWith event: SocketIOEvent) {}

    public func session(_ session: SocketIOServerSession, closedBecause reason: DisconnectReason) {}
}

/// Whether a client may join a namespace.
public enum SocketIOAdmission: Equatable, Sendable {
    case accept
    /// CONNECT_ERROR, with `{"message": …, "data": …}`.
    case refuse(message: String, data: JSON? = nil)
}
