public import Base
public import NIOCore
public import NIOHTTP1

/// How a client behaves.
public struct SocketIOClientConfiguration: Sendable {
    /// The HTTP path of the handshake.
    public var path = "/socket.io/"
    /// The namespace to join.
    public var namespace = "/"
    /// What the client shows of itself when it joins (the payload of CONNECT).
    public var authentication: JSONObject?
    /// How long it may take from the upgrade until the namespace is joined.
    public var connectTimeout = TimeAmount.seconds(20)
    /// The longest message taken from the server, in bytes.
    public var maximumPayloadBytes = 1_000_000
    /// How many bytes may wait for a server that does not read. Beyond, the session ends.
    public var maximumQueuedBytes = 1 << 20
    /// How many events may wait for their acknowledgement.
    public var maximumPendingAcknowledgements = 1024

    public init() {}
}

extension SocketIOClientConfiguration {
    /// The request that opens a session over WebSocket, without the headers of the upgrade itself, which
    /// `upgradeToSocketIO` adds.
    public func upgradeRequest(host: String) -> HTTPRequestHead {
        HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: "\(path)?EIO=4&transport=websocket",
            headers: ["host": host]
        )
    }
}
