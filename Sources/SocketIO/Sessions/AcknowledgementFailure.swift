public import Base

/// Why no acknowledgement will come.
public enum AcknowledgementFailure: Error, Hashable, Sendable {
    /// The session ended before it came.
    case disconnected(DisconnectReason)
    /// The event was not sent: too many others still wait for their acknowledgement, or the session is not connected.
    case notSent
}

/// Called once, on the session's event loop, with the acknowledgement's arguments.
public typealias AcknowledgementCallback = (Result<[JSON], AcknowledgementFailure>) -> Void
