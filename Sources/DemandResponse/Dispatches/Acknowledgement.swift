public import Base

/// A customer's answer to one modification of an incident. What it says counts until a later one contradicts it; how soon the customer
/// answered, and whether in time, is the first one's.
public struct Acknowledgement: Hashable, Sendable {
    public var incident: Incident.Number
    public var customer: Customer.ID
    public var modification: Int
    /// When the server took it.
    public var at: Timestamp
    /// Of one that contradicts an earlier one: when the server took the first, which is what latencies use.
    public var firstAt: Timestamp?
    /// `acknowledgebBy`.
    public var by: String
    /// The client's own word for the time (`ackTime`), kept as it came: `acknowledgeOn`.
    public var statedTime: String?
    /// Declines (OpenADR 2.0b: optOut).
    public var optsOut: Bool
    /// Opts out after the incident's start, having opted in before: the customer was counted on, and has not declined the dispatch.
    public var isWithdrawal: Bool
    /// Whether the first answer came after the program's deadline, or after the incident's end.
    public var isLate: Bool

    public init(
        incident: Incident.Number,
        customer: Customer.ID,
        modification: Int,
        at: Timestamp,
        firstAt: Timestamp? = nil,
        by: String,
        statedTime: String? = nil,
        optsOut: Bool = false,
        isWithdrawal: Bool = false,
        isLate: Bool = false
    ) {
        self.incident = incident
        self.customer = customer
        self.modification = modification
        self.at = at
        self.firstAt = firstAt
        self.by = by
        self.statedTime = statedTime
        self.optsOut = optsOut
        self.isWithdrawal = isWithdrawal
        self.isLate = isLate
    }

    /// When the customer first answered this modification.
    public var answeredAt: Timestamp { firstAt ?? at }
}

/// An acknowledgement as a session sends it.
public struct AcknowledgementRequest: Hashable, Sendable {
    public var dispatch: UniqueID
    public var by: String
    public var statedTime: String?
    public var optsOut: Bool
    /// Which modification it answers; clients of the first version do not say, and mean the present one.
    public var modification: Int?

    public init(
        dispatch: UniqueID,
        by: String,
        statedTime: String? = nil,
        optsOut: Bool = false,
        modification: Int? = nil
    ) {
        self.dispatch = dispatch
        self.by = by
        self.statedTime = statedTime
        self.optsOut = optsOut
        self.modification = modification
    }
}
