public import Base

/// An event as it was received (Socket.IO protocol 5, EVENT and BINARY_EVENT).
public struct SocketIOEvent: Equatable, Sendable {
    public var namespace: String
    /// JavaScript peers may use a number here; it is read as its decimal text.
    public var name: String
    public var arguments: [JSON]
    /// Set if the sender asked for an acknowledgement, which then must carry this id.
    public var acknowledgementID: Int?

    public init(namespace: String = "/", name: String, arguments: [JSON] = [], acknowledgementID: Int? = nil) {
        self.namespace = namespace
        self.name = name
        self.arguments = arguments
        self.acknowledgementID = acknowledgementID
    }

    /// Names that have a meaning of their own in the reference implementation and must not be sent.
    static func isReserved(_ name: String) -> Bool {
        switch name {
        case "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener": true
        default: false
        }
    }
}
