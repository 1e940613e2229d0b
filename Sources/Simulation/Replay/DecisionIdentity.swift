internal import DemandResponse
internal import DispatchStore
internal import Journal

/// What makes two rows the same decision, wherever and whenever they stand.
struct DecisionIdentity: Hashable {
    private let kind: JournalKind
    private let incident: Incident.Number?
    private let customer: Customer.ID?
    private let method: JournalMethod?
    private var modification: Int?
    private var attempt: Int?
    private var state: JournalState?
    private var session: SessionID?
    private var request: RequestID?
    private var record: Int64?

    init(_ row: JournalRow) {
        kind = row.kind
        incident = row.incident
        customer = row.customer
        method = row.method
        modification = row.modification
        session = row.session
        request = row.request
        switch row.kind {
        case .deliveryRecorded, .cancellationRecorded:
            attempt = row.attempt
            state = row.state
        case .send:
            attempt = row.attempt
            // A dispatch and the news of its cancellation.
            state = row.state
        case .emitAcknowledgement: record = row.digest
        default: break
        }
    }

    /// For rows of the same input: the answer to a request whatever it is, a delivery however it went.
    init(nearby row: JournalRow) {
        if row.request != nil {
            // An answer: of whatever kind, it is the one to this request.
            kind = .answerDone
            incident = nil
            customer = nil
            method = nil
            request = row.request
        } else {
            kind = row.kind
            incident = row.incident
            customer = row.customer
            method = row.method
            if row.kind == .send { state = row.state }
        }
    }
}
