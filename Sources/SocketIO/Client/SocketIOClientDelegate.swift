public import Base

/// What a host learns of its client. Called on the session's event loop. A session ends within whatever call made it
/// end: `emit` and `close` may call `disconnected` before they return.
public protocol SocketIOClientDelegate: AnyObject {
    /// The namespace is joined, under that id.
    func session(_ session: SocketIOClientHandler, connectedAs id: String)

    /// An event came. If it has an `acknowledgementID`, answer with `acknowledge`, now or later.
    func session(_ session: SocketIOClientHandler, received event: SocketIOEvent)

    /// The server let us not in: the payload of its CONNECT_ERROR, mostly an object with a `message`. `disconnected`
    /// follows. The default does nothing.
    func session(_ session: SocketIOClientHandler, refusedWith payload: JSON?)

    /// The session is over: the last call, made once, whether it was ever connected or not.
    func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason)
}

extension SocketIOClientDelegate {
    public func session(_ session: SocketIOClientHandler, refusedWith payload: JSON?) {}
}
