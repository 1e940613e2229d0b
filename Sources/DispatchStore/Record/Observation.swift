public import Base
public import DemandResponse

/// What a client of a run saw or did.
public struct Observation: Sendable {
    public enum Kind: Sendable {
        /// The transport is open and the namespace connected.
        case connected
        /// It said whose it is, and was answered.
        case joined
        case disconnected
        /// A dispatch came in.
        case received
        /// An acknowledgement went out.
        case acknowledged
        /// The update of its own acknowledgement came in.
        case confirmed
        /// Its acknowledgement was refused.
        case refused
        /// News of an incident came in: modified or cancelled.
        case told

        public var label: StaticString {
            switch self {
            case .connected: "connected"
            case .joined: "joined"
            case .disconnected: "disconnected"
            case .received: "received"
            case .acknowledged: "acknowledged"
            case .confirmed: "confirmed"
            case .refused: "refused"
            case .told: "told"
            }
        }
    }

    public var at: Timestamp
    public var kind: Kind
    public var customer: Customer.ID
    /// The client's own count of its connections, from 1.
    public var session: Int
    public var incident: Incident.Number?
    public var method: DispatchMethod??
    public var modification: Int?
    public var digest: Int64?
    public var detail: String?

    public init(at: Timestamp, _ kind: Kind, customer: Customer.ID, session: Int) {
        self.at = at
        self.kind = kind
        self.customer = customer
        self.session = session
    }
}
