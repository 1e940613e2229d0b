/// Why a session ended, in the reference implementation's words where it has some. Equal by code.
public struct DisconnectReason: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The peer closed the connection, or it was lost.
        case transportClose = "transport close"
        /// The connection failed: an I/O error, or a peer that broke RFC 6455.
        case transportError = "transport error"
        /// No pong, or no ping, came in time.
        case pingTimeout = "ping timeout"
        /// The peer broke the Engine.IO or Socket.IO protocol.
        case parseError = "parse error"
        /// The client joined no namespace in time; at the client's end: no answer came in time.
        case connectTimeout = "connect timeout"
        /// The server refused the namespace.
        case connectError = "connect error"
        /// The client left.
        case clientNamespaceDisconnect = "client namespace disconnect"
        /// The server threw the client out; it is not expected back.
        case serverNamespaceDisconnect = "server namespace disconnect"
        /// The server goes away; clients may come back.
        case serverShuttingDown = "server shutting down"
    }

    public let code: Code
    /// For people: what exactly happened.
    public let detail: String?

    public init(_ code: Code, _ detail: String? = nil) {
        self.code = code
        self.detail = detail
    }

    public static let transportClose = DisconnectReason(.transportClose)
    public static let transportError = DisconnectReason(.transportError)
    public static let pingTimeout = DisconnectReason(.pingTimeout)
    public static let parseError = DisconnectReason(.parseError)
    public static let connectTimeout = DisconnectReason(.connectTimeout)
    public static let connectError = DisconnectReason(.connectError)
    public static let clientNamespaceDisconnect = DisconnectReason(.clientNamespaceDisconnect)
    public static let serverNamespaceDisconnect = DisconnectReason(.serverNamespaceDisconnect)
    public static let serverShuttingDown = DisconnectReason(.serverShuttingDown)

    /// Too many bytes waited for a reader that was too slow.
    static let slowConsumer = DisconnectReason(.transportError, "slow consumer: too many bytes wait to be sent")

    /// There is no more memory for what has not come whole.
    static let tooMuchUnfinished = DisconnectReason(.transportError, "too much is unfinished")

    var isTooMuchUnfinished: Bool { code == .transportError && detail == Self.tooMuchUnfinished.detail }

    /// Whether the session ended because its client did not read.
    public var isSlowConsumer: Bool { code == .transportError && detail == Self.slowConsumer.detail }

    public static func == (a: DisconnectReason, b: DisconnectReason) -> Bool { a.code == b.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    public var description: String { detail.map { "\(code.rawValue) (\($0))" } ?? code.rawValue }
}
