public import NIOCore

/// How a server treats its sessions. The defaults are those of the reference implementation, where it has some.
public struct SocketIOServerConfiguration: Sendable {
    /// The HTTP path of the handshake.
    public var path = "/socket.io/"
    /// The namespaces that exist; at most 64 (a session keeps one bit for each).
    public var namespaces = ["/"] {
        didSet { precondition(namespaces.count <= 64, "a server has at most 64 namespaces") }
    }
    /// From one ping to the next.
    public var pingInterval = TimeAmount.seconds(25)
    /// How long a ping may stay unanswered.
    public var pingTimeout = TimeAmount.seconds(20)
    /// How long a session may take to join its first namespace.
    public var connectTimeout = TimeAmount.seconds(45)
    /// The longest message taken from a client, in bytes.
    public var maximumPayloadBytes = 1_000_000
    /// How many bytes may wait for a client that does not read. Beyond, its session ends; others are not touched.
    public var maximumQueuedBytes = 1 << 20
    /// How many events of one session may wait for their acknowledgement.
    public var maximumPendingAcknowledgements = 1024

    public init() {}

    func handshake(sessionID: String) -> EngineIOHandshake {
        EngineIOHandshake(
            sessionID: sessionID,
            pingInterval: pingInterval,
            pingTimeout: pingTimeout,
            maximumPayloadBytes: maximumPayloadBytes
        )
    }
}
