public import Base
public import DemandResponse

/// What the journal tells of the world around the dispatcher: what it was asked for and what came of that, who was connected,
/// who answered, and what the carriers said.
public enum LifeEvent: Sendable {
    /// What came of an operator's request.
    public enum Outcome: Sendable, Equatable {
        case incident(Incident.Number)
        case refused(Refusal.Code?)
    }

    /// The process began: no session of the one before is left.
    case started
    case roster(Roster)
    case requested(IncidentRequest, Outcome)
    case changed(IncidentChange, Outcome)
    case cancelled(UniqueID, Outcome)
    case joined(SessionID, Customer.ID)
    case left(SessionID)
    /// An acknowledgement that counted.
    case acknowledged(Incident.Number, Customer.ID, modification: Int, by: String, optsOut: Bool)
    case handedOut(DispatchKey, modification: Int, Outgoing.Kind, attempt: Int)
    case reported(DeliveryReport)
    /// A client's request that was not followed.
    case clientRefused
    /// All incidents so far are forgotten.
    case purged
}
