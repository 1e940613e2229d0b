public import Base
public import DemandResponse
internal import GRDB

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

extension DispatchDatabase {
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
        return try storing(path) {
            try writer.read { database in
                Page(try Row.fetchAll(database, sql: sql, arguments: arguments).map(Self.dispatchRow), limit: limit)
            }
        }
    }
}
