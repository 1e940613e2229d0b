public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// A row of `dispatches` as readers of the API see it.
public struct DispatchRow: Sendable {
    public var dispatch: Dispatch
    public var delivery: Delivery
    public var cancellation: Delivery?
    public var acknowledgedAt: Timestamp?
    public var acknowledgedBy: String?
    public var acknowledgedStated: String?
    public var optedOut: Bool
    public var isLate: Bool
}

extension ServerDatabase {
    /// The dispatches of a customer, oldest first.
    /// - Parameters:
    ///   - acknowledged: `nil` for all.
    ///   - after: the `_id` of the last one of the page before; an unknown one starts at the beginning.
    public func readDispatches(
        of customer: Customer.ID,
        acknowledged: Bool? = nil,
        after: UniqueID? = nil,
        limit: Int? = nil
    ) throws(StoreError) -> [DispatchRow] {
        try file.read { database in
            var sql = DispatchRow.selection + " WHERE d.customer = :customer"
            if let acknowledged { sql += " AND d.acknowledged_at IS \(acknowledged ? "NOT" : "") NULL" }
            if after != nil {
                let place = "SELECT incident, position FROM dispatches WHERE customer = :customer AND id = :after"
                sql += " AND (NOT EXISTS (\(place)) OR (d.incident, d.position) > (\(place)))"
            }
            sql += " ORDER BY d.incident, d.position LIMIT :limit"
            return try Row.fetchAll(
                database,
                sql: sql,
                arguments: StatementArguments(
                    [
                        "customer": customer, "after": after?.description, "limit": limit ?? -1,
                    ].filter { sql.contains(":" + $0.key) }
                )
            ).map(DispatchRow.init)
        }
    }
}

extension DispatchRow {
    static let selection = "SELECT d.*, i.id AS incident_id FROM dispatches d JOIN incidents i ON i.number = d.incident"

    init(_ row: Row) throws {
        let method: String = row["method"]
        guard let id = UniqueID(row["id"] as String), let incident = UniqueID(row["incident_id"] as String) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a dispatch has an id that is not a UUID")
        }
        func timestamp(_ column: String) -> Timestamp? {
            (row[column] as Int64?).map(Timestamp.init(microseconds:))
        }
        self.init(
            dispatch: Dispatch(
                key: DispatchKey(
                    incident: row["incident"],
                    customer: row["customer"],
                    method: DispatchMethod(name: method)
                ),
                id: id,
                incident: incident,
                modification: row["modification"],
                program: row["program"],
                programName: row["program_name"],
                customerName: row["customer_name"],
                message: row["message"],
                moreInfo: row["more_info"],
                createdAt: Timestamp(microseconds: row["created_at"]),
                announcedAt: Timestamp(microseconds: row["announced_at"]),
                position: row["position"]
            ),
            delivery: Delivery(
                state: DeliveryState(rawValue: row["state"]) ?? .pending,
                attempts: row["attempts"],
                sentAt: timestamp("sent_at"),
                deliveredAt: timestamp("delivered_at"),
                reason: row["failure"]
            ),
            cancellation: (row["cancellation_state"] as String?).map {
                Delivery(state: DeliveryState(rawValue: $0) ?? .pending, attempts: row["cancellation_attempts"] ?? 0)
            },
            acknowledgedAt: timestamp("acknowledged_at"),
            acknowledgedBy: row["acknowledged_by"],
            acknowledgedStated: row["acknowledged_stated"],
            optedOut: (row["opted_out"] as Bool?) ?? false,
            isLate: (row["late"] as Bool?) ?? false
        )
    }
}

/// Which dispatch records are wanted; what is `nil` or empty does not narrow.
public struct DispatchSearch: Sendable {
    public var customer: Customer.ID?
    public var program: Program.ID?
    public var incident: UniqueID?
    public var states: [DeliveryState] = []
    public var acknowledged: Bool?

    public init() {}

    /// A record's place in the list that is searched: `incident.customer.position`, to be taken from one page to the next.
    public struct Place: Sendable, CustomStringConvertible {
        var incident: Incident.Number
        var customer: Customer.ID
        var position: Int

        public init(_ row: DispatchRow) {
            incident = row.dispatch.key.incident
            customer = row.dispatch.key.customer
            position = row.dispatch.position
        }

        public init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 3, let incident = parts[0], let customer = parts[1], let position = parts[2] else {
                return nil
            }
            self.incident = incident
            self.customer = customer
            self.position = position
        }

        public var description: String { "\(incident).\(customer).\(position)" }
    }
}

extension ServerDatabase {
    /// The records that a search finds: those of the newest incident first, and of one incident by customer.
    public func readDispatches(
        _ search: DispatchSearch,
        after: DispatchSearch.Place? = nil,
        limit: Int
    ) throws(StoreError) -> Page<DispatchRow> {
        var conditions = ["1"]
        var arguments = StatementArguments()
        func require(_ condition: String, _ values: StatementArguments) {
            conditions.append(condition)
            arguments += values
        }
        if let customer = search.customer { require("d.customer = ?", [customer]) }
        if let program = search.program { require("i.program = ?", [program]) }
        if let incident = search.incident { require("i.id = ?", [incident.description]) }
        if !search.states.isEmpty {
            let marks = search.states.map { _ in "?" }.joined(separator: ",")
            require("d.state IN (\(marks))", StatementArguments(search.states.map(\.rawValue)))
        }
        if let acknowledged = search.acknowledged {
            require("d.acknowledged_at IS \(acknowledged ? "NOT" : "") NULL", [])
        }
        if let after {
            require(
                "(i.number < ? OR (d.customer, d.position) > (?, ?))",
                [after.incident, after.customer, after.position]
            )
            require("i.number <= ?", [after.incident])
        }
        // CROSS JOIN keeps SQLite on this order of loops, which gives the rows in the order that is asked for.
        let sql = """
            SELECT d.*, i.id AS incident_id FROM incidents i CROSS JOIN dispatches d ON d.incident = i.number
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY i.number DESC, d.customer, d.position LIMIT \(limit + 1)
            """
        return try file.read { database in
            Page(try Row.fetchAll(database, sql: sql, arguments: arguments).map(DispatchRow.init), limit: limit)
        }
    }
}
