/// What a row of the journal says: an input, or an effect that one had.
public enum JournalKind: UInt8, CaseIterable, Hashable, Sendable {
    case started
    case rosterReplaced
    case incidentRequested
    case incidentChanged
    case incidentCancelled
    case sessionConnected
    case sessionJoined
    case sessionClosed
    case acknowledged
    case deliveriesReported
    case deadlineReached
    case purged
    case incidentsArchived
    case accessDenied

    case rosterRecorded
    case incidentRecorded
    case dispatchRecorded
    case deliveryRecorded
    case cancellationRecorded
    case acknowledgementRecorded
    case purgeRecorded
    case send
    case emitDispatch
    case emitResync
    case emitAcknowledgement
    case emitRefused
    case emitIncident
    case roomObservers
    case roomEntered
    case roomLeft
    case answerIncident
    case answerAcknowledged
    case answerJoined
    case answerDone
    case answerRefused
    case refused
}

extension JournalKind: JournalWord {
    /// As it stands in the file. A name never changes: files are read for years.
    public var name: String {
        switch self {
        case .started: "started"
        case .rosterReplaced: "roster.replaced"
        case .incidentRequested: "incident.requested"
        case .incidentChanged: "incident.changed"
        case .incidentCancelled: "incident.cancelled"
        case .sessionConnected: "session.connected"
        case .sessionJoined: "session.joined"
        case .sessionClosed: "session.closed"
        case .acknowledged: "acknowledged"
        case .deliveriesReported: "deliveries.reported"
        case .deadlineReached: "deadline.reached"
        case .purged: "purged"
        case .incidentsArchived: "incidents.archived"
        case .accessDenied: "access.denied"
        case .rosterRecorded: "roster.recorded"
        case .incidentRecorded: "incident.recorded"
        case .dispatchRecorded: "dispatch.recorded"
        case .deliveryRecorded: "delivery.recorded"
        case .cancellationRecorded: "cancellation.recorded"
        case .acknowledgementRecorded: "acknowledgement.recorded"
        case .purgeRecorded: "purge.recorded"
        case .send: "send"
        case .emitDispatch: "emit.dispatch"
        case .emitResync: "emit.resync"
        case .emitAcknowledgement: "emit.acknowledgement"
        case .emitRefused: "emit.refused"
        case .emitIncident: "emit.incident"
        case .roomObservers: "room.observers"
        case .roomEntered: "room.entered"
        case .roomLeft: "room.left"
        case .answerIncident: "answer.incident"
        case .answerAcknowledged: "answer.acknowledged"
        case .answerJoined: "answer.joined"
        case .answerDone: "answer.done"
        case .answerRefused: "answer.refused"
        case .refused: "refused"
        }
    }

    static let words = WordTable<JournalKind>()
}
