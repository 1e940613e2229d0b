public import NIOCore

/// How a server of Socket.IO treats its sessions. The defaults are those of the reference implementation, where it has
/// some.
public struct SocketIOServerConfiguration: Sendable {
    /// What carries the sessions.
    public var engine = EngineIOServerConfiguration(path: "/socket.io/")
    /// The namespaces that exist; at most 64 (a session keeps one bit for each).
    public var namespaces = ["/"] {
        didSet { precondition(namespaces.count <= 64, "a server has at most 64 namespaces") }
    }
    /// How long a session may take to join its first namespace.
    public var connectTimeout = TimeAmount.seconds(45)
    /// How many events of one session may wait for their acknowledgement.
    public var maximumPendingAcknowledgements = 1024
    /// How many events a session may send. Those beyond are handed to the host as such; a session that sends as many again
    /// in vain is thrown out. `nil`: any number.
    public var eventRate: RateLimit?

    public init() {}
}
