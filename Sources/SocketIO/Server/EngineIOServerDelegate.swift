public import NIOCore

/// What the host of an Engine.IO session learns of it. Called on the session's event loop.
///
/// What is sent while a delegate is being called is flushed after it; at any other time call `flush`. A session ends
/// within whatever call made it end: `send`, `flush` and `close` may call `closed` before they return.
public protocol EngineIOServerDelegate: AnyObject {
    /// The session is open: the first call.
    func opened(_ session: EngineIOServerSession)

    func session(_ session: EngineIOServerSession, received message: EngineIOMessage)

    /// The session is over: the last call, made once, whether it was ever open or not.
    func session(_ session: EngineIOServerSession, closedBecause reason: DisconnectReason)

    /// When `deadlineReached` is to be called, later or earlier. Asked after the session has opened, and whenever a
    /// deadline was reached. The default has none.
    var nextDeadline: NIODeadline? { get }

    /// It may be too early: a deadline that has moved is found out only then. The default does nothing.
    func session(_ session: EngineIOServerSession, deadlineReached now: NIODeadline)
}

extension EngineIOServerDelegate {
    public var nextDeadline: NIODeadline? { nil }

    public func session(_ session: EngineIOServerSession, deadlineReached now: NIODeadline) {}
}
