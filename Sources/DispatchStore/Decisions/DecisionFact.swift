public import Base
public import DemandResponse
internal import GRDB

/// A row of the journal that decides something about a dispatch record, or the input that led to such rows.
public struct DecisionFact: Sendable {
    public enum Kind: Int, Sendable, CaseIterable {
        case acknowledged = 1
        case deliveriesReported, sessionJoined, deadlineReached, incidentCancelled
        case deliveryRecorded, dispatchRecorded, cancellationRecorded, incidentRecorded
        case resynced
        /// Any other input.
        case otherInput

        var name: String {
            switch self {
            case .acknowledged: "acknowledged"
            case .deliveriesReported: "deliveries.reported"
            case .sessionJoined: "session.joined"
            case .deadlineReached: "deadline.reached"
            case .incidentCancelled: "incident.cancelled"
            case .deliveryRecorded: "delivery.recorded"
            case .dispatchRecorded: "dispatch.recorded"
            case .cancellationRecorded: "cancellation.recorded"
            case .incidentRecorded: "incident.recorded"
            case .resynced: "emit.resync"
            case .otherInput: ""
            }
        }

        public var isInput: Bool {
            switch self {
            case .acknowledged, .deliveriesReported, .sessionJoined, .deadlineReached, .incidentCancelled, .otherInput:
                true
            case .deliveryRecorded, .dispatchRecorded, .cancellationRecorded, .incidentRecorded, .resynced: false
            }
        }
    }

    public var kind: Kind
    public var at: Timestamp
    public var incident: Incident.Number
    public var customer: Customer.ID
    public var method: DispatchMethod?
    public var modification: Int
    public var attempt: Int
    public var state: DeliveryState?
    public var digest: Int64
    /// Why a delivery failed.
    public var reason: String?

    public var key: DispatchKey { DispatchKey(incident: incident, customer: customer, method: method) }
}

extension DispatchDatabase {
    /// Every such row, in order: effects after the input that had them.
    public func forEachDecisionFact(_ body: (DecisionFact) throws -> Void) throws(StoreError) {
        let kinds = DecisionFact.Kind.allCases.filter { $0 != .otherInput }
            .map { "WHEN '\($0.name)' THEN \($0.rawValue)" }.joined(separator: " ")
        try storing(path) {
            try writer.read { database in
                // Most rows are news for sessions: they are told apart first.
                let rows = try Cursor(
                    database,
                    """
                    SELECT CASE kind WHEN 'emit.acknowledgement' THEN 0 WHEN 'emit.dispatch' THEN 0 \(kinds)
                            ELSE CASE WHEN cause IS NULL THEN \(DecisionFact.Kind.otherInput.rawValue) ELSE 0 END END,
                        at, incident, customer, method, modification, attempt,
                        CASE WHEN kind IN ('delivery.recorded', 'dispatch.recorded', 'cancellation.recorded')
                            THEN state END,
                        digest, CASE WHEN kind IN ('delivery.recorded', 'cancellation.recorded') THEN detail END
                    FROM journal ORDER BY sequence
                    """
                )
                while try rows.next() {
                    guard let kind = DecisionFact.Kind(rawValue: rows.integer(0)) else { continue }
                    try body(
                        DecisionFact(
                            kind: kind,
                            at: rows.timestamp(1),
                            incident: rows.integer(2),
                            customer: rows.integer(3),
                            method: rows.method(4),
                            modification: rows.integer(5),
                            attempt: rows.integer(6),
                            state: rows.state(7),
                            digest: Int64(rows.integer(8)),
                            reason: rows.textIfAny(9)
                        )
                    )
                }
            }
        }
    }
}
