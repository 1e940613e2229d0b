/// What an edge that asked is told.
public enum Answer: Sendable {
    case incident(Incident)
    case acknowledged(Acknowledgement)
    case joined(Customer.ID, openDispatches: Int)
    case done
    case refused(Refusal)
}

/// Why a request was not followed. Equal by code.
public struct Refusal: Error, Hashable, Sendable {
    public enum Code: String, Sendable, CaseIterable {
        case unknownProgram = "unknown-program"
        case unknownGroup = "unknown-group"
        case unknownIncident = "unknown-incident"
        case unknownCustomer = "unknown-customer"
        case unknownDispatch = "unknown-dispatch"
        case wrongCustomer = "wrong-customer"
        case neverSent = "never-sent"
        case duplicateIncident = "duplicate-incident"
        case differentIncident = "different-incident"
        case incidentOver = "incident-over"
        case invalidPeriod = "invalid-period"
        case unknownModification = "unknown-modification"
        case notConnected = "not-connected"
        /// The program's own rules: `limits` says which.
        case againstLimits = "against-limits"
    }

    public let code: Code
    /// For a person: what was wrong, with the value that was.
    public let message: String
    /// Of `againstLimits`.
    public let limits: LimitRefusal?

    public init(_ code: Code, _ message: String, limits: LimitRefusal? = nil) {
        self.code = code
        self.message = message
        self.limits = limits
    }

    public static func == (a: Refusal, b: Refusal) -> Bool { a.code == b.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
