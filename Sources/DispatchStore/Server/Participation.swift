public import Base
public import DemandResponse
internal import GRDB
public import Journal
public import Measures

/// How one customer stands to an incident: told or not, answered or not.
public struct Participation: Sendable {
    /// One of the customer's records.
    public struct Record: Sendable {
        public var id: String
        public var method: DispatchMethod?
        public var state: DeliveryState
        public var reason: String?
        public var sentAt: Timestamp?
        public var deliveredAt: Timestamp?
    }

    public var customer: Customer.ID
    public var customerName: String
    public var announcedAt: Timestamp
    /// In the customer's order of methods.
    public var records: [Record]
    /// When the customer first answered.
    public var acknowledgedAt: Timestamp?
    /// When the answer that counts was given, if the customer has changed its mind.
    public var changedAt: Timestamp?
    /// Who gave the answer that counts.
    public var acknowledgedBy: String?
    public var optedOut: Bool
    public var isWithdrawn: Bool
    /// Of the first answer.
    public var isLate: Bool

    /// Whether any method took the message.
    public var isReached: Bool { records.contains { $0.state.hasBeenSent } }

    public var standing: Standing {
        Standing(
            hasAnswered: acknowledgedAt != nil,
            optedOut: optedOut,
            isWithdrawn: isWithdrawn,
            isReached: isReached,
            states: records.lazy.map(\.state)
        )
    }
}

extension ServerDatabase {
    /// The customers of an incident, ascending by id.
    /// - Parameter standings: empty: all.
    /// - Returns: `nil` for an unknown incident.
    public func readParticipations(
        in incident: UniqueID,
        standings: Set<Standing> = [],
        after: Customer.ID? = nil,
        limit: Int
    ) throws(StoreError) -> Page<Participation>? {
        try file.read { database in
            guard let number = try Incident.find(incident, database)?.number else { return nil }
            var participations: [Participation] = []
            try Participation.forEach(in: number, after: after, database) { participation in
                if standings.isEmpty || standings.contains(participation.standing) {
                    participations.append(participation)
                }
                return participations.count <= limit
            }
            return Page(participations, limit: limit)
        }
    }
}

extension Participation {
    /// Gathers the records of an incident by customer, ascending, until `body` says false.
    static func forEach(
        in incident: Incident.Number,
        after: Customer.ID? = nil,
        _ database: Database,
        _ body: (Participation) -> Bool
    ) throws {
        // Two integers of ours: no text of a client comes into the statement.
        let rows = try Cursor<DispatchRow.Column>(
            database,
            """
            SELECT customer, customer_name, id, method, state, failure, more_info, sent_at, delivered_at, announced_at,
                acknowledged_at, acknowledged_by, opted_out, late, withdrawn, answer_changed_at
            FROM dispatches WHERE incident = \(incident) AND customer > \(after ?? .min) ORDER BY customer, position
            """
        )
        var current: Participation?
        while try rows.next() {
            let customer: Customer.ID = rows[.customer]
            if let gathered = current, gathered.customer != customer {
                guard body(gathered) else { return }
                current = nil
            }
            let moreInfo: String = rows[.moreInfo]
            let record = Record(
                id: rows[.id],
                method: rows.method(.method),
                state: rows.state(.state) ?? .pending,
                reason: rows[.failure] ?? (moreInfo.isEmpty ? nil : moreInfo),
                sentAt: rows[.sentAt],
                deliveredAt: rows[.deliveredAt]
            )
            if current == nil {
                current = Participation(
                    customer: customer,
                    customerName: rows[.customerName],
                    announcedAt: rows[.announcedAt],
                    records: [record],
                    acknowledgedAt: rows[.acknowledgedAt],
                    changedAt: rows[.answerChangedAt],
                    acknowledgedBy: rows[.acknowledgedBy],
                    optedOut: rows[.optedOut],
                    isWithdrawn: rows[.withdrawn],
                    isLate: rows[.late]
                )
            } else {
                current?.records.append(record)
            }
        }
        if let current { _ = body(current) }
    }
}
