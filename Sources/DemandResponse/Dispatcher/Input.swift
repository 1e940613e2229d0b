public import Base

/// Everything that happens to the dispatcher. Inputs are journaled before they are applied.
public enum Input: Sendable {
    /// The process began: what a crash left half done is taken up again.
    case started
    /// The roster is replaced.
    case rosterReplaced(Roster, RequestID?)
    case incidentRequested(IncidentRequest, RequestID?)
    case incidentChanged(IncidentChange, RequestID?)
    case incidentCancelled(UniqueID, RequestID?)
    /// It is over as of now, and whoever was told of it gets an all-clear.
    case incidentRecalled(UniqueID, RequestID?)
    /// A Socket.IO session connected; it observes until it says whose it is.
    case sessionConnected(SessionID)
    /// `handshake`: the session is a customer's.
    case sessionJoined(SessionID, Customer.ID, RequestID?)
    case sessionClosed(SessionID)
    case acknowledged(AcknowledgementRequest, SessionID, RequestID?)
    /// What methods report of their attempts, taken together.
    case deliveriesReported([DeliveryReport])
    /// `Dispatcher.nextDeadline` has come.
    case deadlineReached
    /// Dispatches and incidents are forgotten; with `all` the roster too.
    case purged(all: Bool, RequestID?)
    /// Incidents that have lapsed are archived: their dispatches take no acknowledgement any more, and only the database still has
    /// them.
    case incidentsArchived([Incident.Number])
    /// Somebody set the clock, by so much: what comes from now on has its instants, which may lie before those of what came earlier.
    case clockSet(by: Span)
    /// An edge refused somebody: for the audit log only.
    case accessDenied(AccessDenial)
    /// Somebody may come in from now on, or no longer: for the audit log only.
    case tokenCreated(TokenChange)
    case tokenRevoked(TokenChange)
}

extension Input {
    /// Under which somebody waits for its answer.
    public var request: RequestID? {
        switch self {
        case .rosterReplaced(_, let request), .incidentRequested(_, let request), .incidentChanged(_, let request),
            .incidentCancelled(_, let request), .incidentRecalled(_, let request), .sessionJoined(_, _, let request),
            .acknowledged(_, _, let request), .purged(_, let request):
            request
        case .started, .sessionConnected, .sessionClosed, .deliveriesReported, .deadlineReached, .incidentsArchived,
            .clockSet, .accessDenied, .tokenCreated, .tokenRevoked:
            nil
        }
    }
}
