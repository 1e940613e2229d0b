public import NIOCore

/// How a server of Engine.IO treats its sessions. The defaults are those of the reference implementation, where it has
/// some.
public struct EngineIOServerConfiguration: Sendable {
    /// The HTTP path.
    public var path: String
    /// From one ping to the next.
    public var pingInterval = TimeAmount.seconds(25)
    /// How long a ping may stay unanswered.
    public var pingTimeout = TimeAmount.seconds(20)
    /// How long a WebSocket may take from its beginning until it carries a session that began with polling.
    public var upgradeTimeout = TimeAmount.seconds(10)
    /// The longest message, and the longest body of a request, taken from a client, in bytes.
    public var maximumPayloadBytes = 1_000_000
    /// How many bytes may wait for a client that does not read, 128 more counted for each frame than it has. Beyond, its
    /// session ends; others are not touched.
    public var maximumQueuedBytes = 1 << 20
    /// How many sessions may be open at once; whoever asks for one more is refused.
    public var maximumSessions = Int.max
    /// How many of them one IP address may have: over polling, one connection could have them all.
    public var maximumSessionsPerAddress = Int.max
    /// How many sessions one IP address may open, over time; `nil`: any number.
    public var handshakesPerAddress: RateLimit?
    /// The same over one connection, unless it is a trusted proxy's.
    public var handshakesPerConnection: RateLimit?
    /// Whose word is taken for whom they speak.
    public var trustedProxies = TrustedProxies()
    /// What messages and bodies that are not whole may hold; `nil`: as much as each may be long.
    public var memory: MemoryBudget?

    public init(path: String = "/engine.io/") {
        self.path = path
    }

    func handshake(sessionID: String, upgrades: [String]) -> EngineIOHandshake {
        EngineIOHandshake(
            sessionID: sessionID,
            upgrades: upgrades,
            pingInterval: pingInterval,
            pingTimeout: pingTimeout,
            maximumPayloadBytes: maximumPayloadBytes
        )
    }
}
