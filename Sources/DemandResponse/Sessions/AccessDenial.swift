/// Somebody was not let in, or asked for what they may not have: the rules change nothing by it, the audit log keeps it.
public struct AccessDenial: Hashable, Sendable, Codable {
    /// What was asked for, as `POST /incident` or `acknowledge`.
    public var subject: String
    /// The address that it came from.
    public var address: String
    /// The public part of the token that was shown, if one was known.
    public var token: String?
    public var reason: String
    /// How many there were, of which only this is kept; `nil`: it is one.
    public var times: Int?

    public init(subject: String, address: String, token: String? = nil, reason: String, times: Int? = nil) {
        self.subject = subject
        self.address = address
        self.token = token
        self.reason = reason
        self.times = times
    }
}
