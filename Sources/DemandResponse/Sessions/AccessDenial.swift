/// Somebody was not let in, or asked for what they may not have: the rules change nothing by it, the audit log keeps it.
public struct AccessDenial: Hashable, Sendable, Codable {
    /// What was asked for, as `POST /incident` or `acknowledge`.
    public var subject: String
    /// The address that it came from.
    public var address: String
    /// The public part of the token that was shown, if one was known.
    public var token: String?
    public var reason: String

    public init(subject: String, address: String, token: String? = nil, reason: String) {
        self.subject = subject
        self.address = address
        self.token = token
        self.reason = reason
    }
}
