public import Base
public import DemandResponse

/// What the bearer of a token may do.
public enum AccessRole: Hashable, Sendable {
    /// Everything.
    case `operator`
    /// Sees everything, changes nothing.
    case viewer
    /// Sees and acknowledges the dispatches of one customer, and nothing else.
    case customer(Customer.ID)

    /// `operator`, `viewer` or `customer`.
    public var name: String {
        switch self {
        case .operator: "operator"
        case .viewer: "viewer"
        case .customer: "customer"
        }
    }

    public var customer: Customer.ID? {
        if case .customer(let customer) = self { customer } else { nil }
    }

    /// - Parameter customer: whose, for a customer's role, and only for that.
    public init?(name: String, customer: Customer.ID?) {
        switch (name, customer) {
        case ("operator", nil): self = .operator
        case ("viewer", nil): self = .viewer
        case ("customer", let customer?): self = .customer(customer)
        default: return nil
        }
    }
}

/// A bearer token as the database keeps it: its secret only as a hash.
public struct AccessToken: Hashable, Sendable {
    /// The public part, by which it is listed and revoked.
    public var id: String
    /// Whose it is or what for, in the words of who made it.
    public var name: String
    public var role: AccessRole
    /// SHA-256 of the secret, 32 bytes. The secret has 256 bits of entropy, so that a slow hash would add nothing.
    public var secretHash: [UInt8]
    public var createdAt: Timestamp
    public var expiresAt: Timestamp?
    public var revokedAt: Timestamp?

    public init(
        id: String,
        name: String,
        role: AccessRole,
        secretHash: [UInt8],
        createdAt: Timestamp,
        expiresAt: Timestamp? = nil,
        revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.secretHash = secretHash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    public enum Standing: String, Sendable {
        case valid, expired, revoked
    }

    public func standing(at now: Timestamp) -> Standing {
        if revokedAt != nil { return .revoked }
        if let expiresAt, now >= expiresAt { return .expired }
        return .valid
    }
}
