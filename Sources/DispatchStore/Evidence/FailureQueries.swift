public import Base
public import DemandResponse
internal import GRDB
internal import Journal

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

extension DispatchDatabase {
    /// The commonest reasons first.
    public func readFailureReasons(limit: Int) throws(StoreError) -> [FailureReason] {
        try reading { database in
            let rows = try Cursor(
                database,
                """
                SELECT method, state, failure,
                    count(*) AS records, min(customer), customer_name
                FROM dispatches WHERE failure IS NOT NULL OR state = '\(JournalState.unreachable.name)'
                GROUP BY method, state, failure ORDER BY records DESC, method, failure LIMIT \(limit)
                """
            )
            var reasons: [FailureReason] = []
            while try rows.next() {
                reasons.append(
                    FailureReason(
                        method: rows.method(0),
                        state: rows.state(1) ?? .failed,
                        reason: rows.textIfAny(2),
                        records: rows.integer(3),
                        customer: rows.integer(4),
                        customerName: rows.text(5)
                    )
                )
            }
            return reasons
        }
    }

    /// The commonest reasons first.
    public func readRefusalReasons(limit: Int) throws(StoreError) -> [RefusalReason] {
        try reading { database in
            let rows = try Cursor(
                database,
                """
                SELECT detail, count(*), min(at), max(at) FROM journal
                WHERE kind IN \(JournalKind.list(.refused, .answerRefused))
                GROUP BY detail ORDER BY count(*) DESC, detail LIMIT \(limit)
                """
            )
            var reasons: [RefusalReason] = []
            while try rows.next() {
                reasons.append(
                    RefusalReason(
                        reason: rows.text(0),
                        count: rows.integer(1),
                        firstAt: rows.timestamp(2),
                        lastAt: rows.timestamp(3)
                    )
                )
            }
            return reasons
        }
    }
}

extension DispatchDatabase {
    /// Why dispatch records failed, in the carrier's words; those that did get through after all are among them.
    public func readFailures() throws(StoreError) -> [DispatchKey: String] {
        try reading { database in
            let rows = try Cursor(
                database,
                "SELECT incident, customer, method, failure FROM dispatches WHERE failure IS NOT NULL"
            )
            var failures: [DispatchKey: String] = [:]
            while try rows.next() {
                let key = DispatchKey(incident: rows.integer(0), customer: rows.integer(1), method: rows.method(2))
                failures[key] = rows.text(3)
            }
            return failures
        }
    }
}
