public import NIOCore

/// What one HTTP connection may take of a server's time and memory. Once it carries a WebSocket, the session's heartbeats
/// look after it instead.
public struct HTTPLimits: Sendable {
    /// How long a connection may stay silent between two requests.
    public var idleTimeout = TimeAmount.seconds(60)
    /// How long the first head of a connection may take until it is whole, and after a head its body; and how long an
    /// answer may wait for a client that takes none of it.
    public var requestTimeout = TimeAmount.seconds(30)
    /// What a body has to bring on the average once `requestTimeout` is over.
    public var leastBytesPerSecond = 4_096
    /// The names and values of a request's headers, and its URI; beyond it the request is refused with 431.
    public var maximumHeaderBytes = 32_768
    /// Called on the connection's event loop, when it is closed for an excess.
    public var onExcess: @Sendable (HTTPExcess) -> Void = { _ in }

    public init() {}
}

/// For what an HTTP connection is closed.
public enum HTTPExcess: Sendable {
    /// Nothing came between two requests.
    case idle
    /// A head or a body came too slowly.
    case slowRequest
    /// The client took nothing of an answer.
    case slowReader
    case headerTooLarge
}
