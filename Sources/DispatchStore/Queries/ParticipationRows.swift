internal import Base
internal import DemandResponse
internal import GRDB

extension DispatchDatabase {
    static func number(of incident: UniqueID, _ database: Database) throws -> Incident.Number? {
        try Int.fetchOne(
            database,
            sql: "SELECT number FROM incidents WHERE id = ?",
            arguments: [incident.description]
        )
    }

    /// Gathers the records of an incident by customer, ascending, until `body` says false.
    static func forEachParticipation(
        in incident: Incident.Number,
        after: Customer.ID? = nil,
        _ database: Database,
        _ body: (Participation) -> Bool
    ) throws {
        // Two integers of ours: no text of a client comes into the statement.
        let rows = try Cursor(
            database,
            """
            SELECT customer, customer_name, id, method, state, failure, more_info, sent_at, delivered_at, announced_at,
                acknowledged_at, acknowledged_by, coalesce(opted_out, 0), coalesce(late, 0)
            FROM dispatches WHERE incident = \(incident) AND customer > \(after ?? .min) ORDER BY customer, position
            """
        )
        var current: Participation?
        while try rows.next() {
            let customer = rows.integer(0)
            if let gathered = current, gathered.customer != customer {
                guard body(gathered) else { return }
                current = nil
            }
            let record = Participation.Record(
                id: rows.text(2),
                method: rows.method(3),
                state: DeliveryState(rawValue: rows.text(4)) ?? .pending,
                reason: rows.textIfAny(5) ?? (rows.text(6).isEmpty ? nil : rows.text(6)),
                sentAt: rows.timestampIfAny(7),
                deliveredAt: rows.timestampIfAny(8)
            )
            if current == nil {
                current = Participation(
                    customer: customer,
                    customerName: rows.text(1),
                    announcedAt: rows.timestamp(9),
                    records: [record],
                    acknowledgedAt: rows.timestampIfAny(10),
                    acknowledgedBy: rows.textIfAny(11),
                    optedOut: rows.integer(12) != 0,
                    isLate: rows.integer(13) != 0
                )
            } else {
                current?.records.append(record)
            }
        }
        if let current { _ = body(current) }
    }
}
