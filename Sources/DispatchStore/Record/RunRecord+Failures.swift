public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// Dispatch records that did not get through, or not at once, for one reason.
public struct FailureReason: Sendable, Equatable {
    public var method: DispatchMethod?
    /// As the records stand now.
    public var state: DeliveryState
    /// In the carrier's words; `nil`: the customer has no channel.
    public var reason: String?
    public var records: Int
    /// One of them.
    public var customer: Customer.ID
    public var customerName: String
}

/// Requests and acknowledgements that the dispatcher did not follow, for one reason.
public struct RefusalReason: Sendable, Equatable {
    public var reason: String
    public var count: Int
    public var firstAt: Timestamp
    public var lastAt: Timestamp
}

extension RunRecord {
    /// The commonest reasons first.
    public func readFailureReasons(limit: Int) throws(StoreError) -> [FailureReason] {
        try file.read { database in
            try Cursor<FailureColumn>(
                database,
                """
                SELECT method, state, failure, count(*) AS records, min(customer) AS customer, customer_name
                FROM dispatches WHERE failure IS NOT NULL OR state = '\(JournalState.unreachable.name)'
                GROUP BY method, state, failure ORDER BY records DESC, method, failure LIMIT \(limit)
                """
            ).map { row in
                FailureReason(
                    method: row.method(.method),
                    state: row.state(.state) ?? .failed,
                    reason: row[.failure],
                    records: row[.records],
                    customer: row[.customer],
                    customerName: row[.customerName]
                )
            }
        }
    }

    private enum FailureColumn: Int, ColumnName { case method, state, failure, records, customer, customerName }

    /// The commonest reasons first.
    public func readRefusalReasons(limit: Int) throws(StoreError) -> [RefusalReason] {
        try file.read { database in
            try Cursor<RefusalColumn>(
                database,
                """
                SELECT detail AS reason, count(*) AS refusals, min(at) AS first_at, max(at) AS last_at FROM journal
                WHERE kind IN \(JournalKind.list(.refused, .answerRefused))
                GROUP BY detail ORDER BY count(*) DESC, detail LIMIT \(limit)
                """
            ).map { row in
                RefusalReason(
                    reason: row[.reason],
                    count: row[.refusals],
                    firstAt: row[.firstAt],
                    lastAt: row[.lastAt]
                )
            }
        }
    }

    private enum RefusalColumn: Int, ColumnName { case reason, refusals, firstAt, lastAt }
}

extension RunRecord {
    /// Why dispatch records failed, in the carrier's words; those that did get through after all are among them.
    public func readFailures() throws(StoreError) -> [DispatchKey: String] {
        try file.read { database in
            let rows = try Cursor<DispatchRow.Column>(
                database,
                "SELECT incident, customer, method, failure FROM dispatches WHERE failure IS NOT NULL"
            )
            var failures: [DispatchKey: String] = [:]
            while try rows.next() { failures[rows.key] = rows[.failure] }
            return failures
        }
    }
}
