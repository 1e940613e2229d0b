public import DemandResponse
internal import GRDB
internal import Journal

/// An acknowledgement that was refused, and by which rule.
public struct RefusedAcknowledgement: Sendable {
    /// Whose record it named; `nil` when it named none.
    public var key: DispatchKey?
    /// `Refusal.Code`, as `never-sent`.
    public var rule: String
}

extension DispatchDatabase {
    /// Every acknowledgement that counted, ascending by incident, customer and modification.
    public func forEachAcknowledgement(
        _ body: (Incident.Number, Customer.ID, _ modification: Int, _ by: String, _ optedOut: Bool, _ isLate: Bool) ->
            Void
    ) throws(StoreError) {
        try reading { database in
            let rows = try Cursor(
                database,
                """
                SELECT incident, customer, modification, by, opted_out, late FROM acknowledgements
                ORDER BY incident, customer, modification
                """
            )
            while try rows.next() {
                body(
                    rows.integer(0),
                    rows.integer(1),
                    rows.integer(2),
                    rows.text(3),
                    rows.integer(4) != 0,
                    rows.integer(5) != 0
                )
            }
        }
    }

    /// The words of some records, as they were last committed, in the order in which they are asked for; `nil` for an unknown one.
    public func readMessages(of keys: [DispatchKey]) throws(StoreError) -> [String?] {
        try reading { database in
            let statement = try database.makeStatement(
                sql: "SELECT message FROM dispatches WHERE incident = ? AND customer = ? AND method = ?"
            )
            return try keys.map { key in
                try String.fetchOne(
                    statement,
                    arguments: [key.incident, key.customer, key.method?.name ?? ""]
                )
            }
        }
    }

    /// Names of the customers as the roster last had them.
    public func readCustomerNames() throws(StoreError) -> [Customer.ID: String] {
        try reading { database in
            let rows = try Cursor(database, "SELECT id, name FROM customers")
            var names: [Customer.ID: String] = [:]
            while try rows.next() { names[rows.integer(0)] = rows.text(1) }
            return names
        }
    }

    /// Which customers' clients saw that an incident was cancelled.
    public func readToldOfCancellation() throws(StoreError) -> [Incident.Number: Set<Customer.ID>] {
        try reading { database in
            let rows = try Cursor(
                database,
                """
                SELECT incident, customer FROM observations
                WHERE kind = '\(Observation.Kind.told.name)' AND incident IN (SELECT number FROM incidents WHERE cancelled_at IS NOT NULL)
                    AND detail = 'cancelled'
                """
            )
            var told: [Incident.Number: Set<Customer.ID>] = [:]
            while try rows.next() { told[rows.integer(0), default: []].insert(rows.integer(1)) }
            return told
        }
    }

    /// In order.
    public func readRefusedAcknowledgements() throws(StoreError) -> [RefusedAcknowledgement] {
        try reading { database in
            let refusals = try Row.fetchAll(
                database,
                sql: """
                    SELECT r.detail AS refusal, c.detail AS request FROM journal r JOIN journal c ON c.sequence = r.cause
                    WHERE r.kind IN \(JournalKind.list(.refused, .answerRefused))
                        AND c.kind = '\(JournalKind.acknowledged.name)' ORDER BY r.sequence
                    """
            ).map { row -> (id: Substring, rule: Substring) in
                let request: String = row["request"] ?? ""
                let refusal: String = row["refusal"] ?? ""
                return (request.prefix { $0 != " " }, refusal.prefix { $0 != ":" })
            }
            guard !refusals.isEmpty else { return [] }
            // There is no index by a dispatch's id: one walk for all of them.
            var keys = Dictionary(refusals.map { (String($0.id), DispatchKey?.none) }) { first, _ in first }
            let rows = try Cursor(database, "SELECT id, incident, customer, method FROM dispatches")
            while try rows.next() {
                let id = rows.text(0)
                guard keys[id] != nil else { continue }
                keys[id] = DispatchKey(incident: rows.integer(1), customer: rows.integer(2), method: rows.method(3))
            }
            return refusals.map {
                RefusedAcknowledgement(key: keys[String($0.id)] ?? nil, rule: String($0.rule))
            }
        }
    }
}
