public import Base
public import DemandResponse
internal import GRDB

/// A row of the journal, as far as the checkers need it.
public struct JournalFact: Sendable {
    public enum Kind: Int, Sendable, CaseIterable {
        /// The input; whether it counted shows in an `acknowledgementRecorded` that it caused.
        case acknowledged = 1
        case incidentRecorded, dispatchRecorded, deliveryRecorded, acknowledgementRecorded
        case cancellationRecorded
        case observed, entered, left
        /// The process began: what it knows no report of it sends again.
        case started
        /// Any other row: only its instant matters.
        case other = 0

        var name: String {
            switch self {
            case .acknowledged: "acknowledged"
            case .incidentRecorded: "incident.recorded"
            case .dispatchRecorded: "dispatch.recorded"
            case .deliveryRecorded: "delivery.recorded"
            case .cancellationRecorded: "cancellation.recorded"
            case .acknowledgementRecorded: "acknowledgement.recorded"
            case .observed: "room.observers"
            case .entered: "room.entered"
            case .left: "room.left"
            case .started: "started"
            case .other: ""
            }
        }
    }

    public var sequence: Int
    public var cause: Int?
    public var at: Timestamp
    public var kind: Kind
    public var session: Int
    public var incident: Incident.Number
    public var customer: Customer.ID
    public var method: DispatchMethod?
    public var modification: Int
    public var state: DeliveryState?
    public var isCancellation: Bool
    public var digest: Int64

    public var key: DispatchKey { DispatchKey(incident: incident, customer: customer, method: method) }
}

/// A row of the observations, as far as the checkers need it.
public struct ObservationFact: Sendable {
    public enum Kind: Int, Sendable, CaseIterable {
        case connected = 1
        case joined, disconnected, received, acknowledged, confirmed, refused, told

        var name: String { String(describing: self) }
    }

    public var at: Timestamp
    public var kind: Kind
    public var customer: Customer.ID
    public var session: Int
    public var incident: Incident.Number
    public var method: DispatchMethod?
    public var modification: Int
    public var digest: Int64

    public var key: DispatchKey { DispatchKey(incident: incident, customer: customer, method: method) }
}

extension DispatchDatabase {
    /// Every row of the journal, in order.
    public func forEachJournalFact(_ body: (JournalFact) -> Void) throws(StoreError) {
        let kinds = JournalFact.Kind.allCases.filter { $0 != .other }
            .map { "WHEN '\($0.name)' THEN \($0.rawValue)" }.joined(separator: " ")
        try storing(path) {
            try writer.read { database in
                let rows = try Cursor(
                    database,
                    """
                    SELECT sequence, cause, at, CASE kind \(kinds) ELSE 0 END, session, incident, customer, method,
                        modification, CASE WHEN kind IN ('delivery.recorded', 'dispatch.recorded',
                            'cancellation.recorded') THEN state END, digest,
                        kind = 'incident.recorded' AND state = 'cancelled'
                    FROM journal ORDER BY sequence
                    """
                )
                while try rows.next() {
                    body(
                        JournalFact(
                            sequence: rows.integer(0),
                            cause: rows.integerIfAny(1),
                            at: rows.timestamp(2),
                            kind: JournalFact.Kind(rawValue: rows.integer(3)) ?? .other,
                            session: rows.integer(4),
                            incident: rows.integer(5),
                            customer: rows.integer(6),
                            method: rows.method(7),
                            modification: rows.integer(8),
                            state: rows.state(9),
                            isCancellation: rows.integer(11) != 0,
                            digest: Int64(rows.integer(10))
                        )
                    )
                }
            }
        }
    }

    /// Every observation, in order.
    public func forEachObservationFact(_ body: (ObservationFact) -> Void) throws(StoreError) {
        let kinds = ObservationFact.Kind.allCases
            .map { "WHEN '\($0.name)' THEN \($0.rawValue)" }.joined(separator: " ")
        try storing(path) {
            try writer.read { database in
                let rows = try Cursor(
                    database,
                    """
                    SELECT at, CASE kind \(kinds) ELSE 0 END, customer, session, incident, method, modification, digest
                    FROM observations ORDER BY sequence
                    """
                )
                while try rows.next() {
                    guard let kind = ObservationFact.Kind(rawValue: rows.integer(1)) else { continue }
                    body(
                        ObservationFact(
                            at: rows.timestamp(0),
                            kind: kind,
                            customer: rows.integer(2),
                            session: rows.integer(3),
                            incident: rows.integer(4),
                            method: rows.method(5),
                            modification: rows.integer(6),
                            digest: Int64(rows.integer(7))
                        )
                    )
                }
            }
        }
    }
}
