public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// A row of `dispatches` as readers of the API see it.
public struct DispatchRow: Sendable {
    public var dispatch: Dispatch
    public var delivery: Delivery
    /// How the news of the incident's cancellation or recall got on, if it had to be sent.
    public var closing: Delivery?
    public var acknowledgedAt: Timestamp?
    public var acknowledgedBy: String?
    public var acknowledgedStated: String?
    public var optedOut: Bool
    public var isWithdrawn: Bool
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
            let arguments: [String: (any DatabaseValueConvertible)?] = [
                "customer": customer, "after": after?.description, "limit": limit ?? -1,
            ]
            return try Cursor(
                database,
                sql,
                StatementArguments(arguments.filter { sql.contains(":" + $0.key) })
            ).map(DispatchRow.init)
        }
    }
}

extension DispatchRow {
    static let selection = "SELECT d.*, i.id AS incident_id FROM dispatches d JOIN incidents i ON i.number = d.incident"

    init(_ row: Cursor<Column>) throws {
        guard let id = UniqueID(row[.id] as String), let incident = UniqueID(row[.incidentId] as String) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a dispatch has an id that is not a UUID")
        }
        self.init(
            dispatch: Dispatch(
                key: row.key,
                id: id,
                incident: incident,
                modification: row[.modification],
                program: row[.program],
                programName: row[.programName],
                customerName: row[.customerName],
                message: row[.message],
                moreInfo: row[.moreInfo],
                createdAt: row[.createdAt],
                announcedAt: row[.announcedAt],
                position: row[.position]
            ),
            delivery: Delivery(
                state: row.state(.state) ?? .pending,
                attempts: row[.attempts],
                sentAt: row[.sentAt],
                deliveredAt: row[.deliveredAt],
                reason: row[.failure],
                mayHaveArrived: row.isNull(.mayHaveArrived) ? false : row[.mayHaveArrived]
            ),
            closing: row.isNull(.cancellationState)
                ? nil
                : Delivery(state: row.state(.cancellationState) ?? .pending, attempts: row[.cancellationAttempts]),
            acknowledgedAt: row[.acknowledgedAt],
            acknowledgedBy: row[.acknowledgedBy],
            acknowledgedStated: row[.acknowledgedStated],
            optedOut: row[.optedOut],
            isWithdrawn: row[.withdrawn],
            isLate: row[.late]
        )
    }
}

extension Cursor<DispatchRow.Column> {
    var key: DispatchKey {
        DispatchKey(incident: self[.incident], customer: self[.customer], method: method(.method))
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
            Page(try Cursor(database, sql, arguments).map(DispatchRow.init), limit: limit)
        }
    }
}
