/// A bearer token was made or revoked, which the audit log keeps; the rules know no tokens.
public struct TokenChange: Hashable, Sendable, Codable {
    /// Its public part.
    public var token: String
    public var name: String
    public var role: String
    public var customer: Customer.ID?
    /// In ISO 8601.
    public var expiresAt: String?

    public init(token: String, name: String, role: String, customer: Customer.ID? = nil, expiresAt: String? = nil) {
        self.token = token
        self.name = name
        self.role = role
        self.customer = customer
        self.expiresAt = expiresAt
    }
}
