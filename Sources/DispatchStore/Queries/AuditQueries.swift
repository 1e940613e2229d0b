public import Base
public import DemandResponse
internal import GRDB

/// A row of the journal for a person to read: an input, or an effect that one had.
public struct AuditEntry: Sendable {
    public var sequence: Int
    /// The input's sequence, of an effect.
    public var cause: Int?
    public var at: Timestamp
    public var kind: String
    /// Of the request that led to it.
    public var correlation: String?
    public var session: Int?
    /// The incident's `_id`; `nil` once it is purged.
    public var incident: String?
    public var customer: Customer.ID?
    /// As the roster has it now.
    public var customerName: String?
    public var method: String?
    public var modification: Int?
    public var attempt: Int?
    public var state: String?
    /// At most `AuditSearch.longestDetail` characters; a roster is longer.
    public var detail: String?
}

/// Which entries of the audit log are wanted; what is `nil` or empty does not narrow.
public struct AuditSearch: Sendable {
    public var incident: UniqueID?
    public var customer: Customer.ID?
    public var correlation: UniqueID?
    public var kinds: [String] = []
    /// Only entries later than this one.
    public var since: Int?

    public static let longestDetail = 2_000

    public init() {}
}

extension DispatchDatabase {
    /// Entries of the audit log, the newest first.
    /// - Parameter after: the sequence of the last one of the page before.
    public func readAudit(_ search: AuditSearch, after: Int? = nil, limit: Int) throws(StoreError) -> Page<AuditEntry> {
        var conditions = ["j.sequence > ? AND j.sequence < ?"]
        var arguments: StatementArguments = [search.since ?? 0, after ?? .max]
        if let incident = search.incident {
            conditions.append("j.incident = (SELECT number FROM incidents WHERE id = ?)")
            arguments += [incident.description]
        }
        if let customer = search.customer {
            conditions.append("j.customer = ?")
            arguments += [customer]
        }
        if let correlation = search.correlation {
            conditions.append("coalesce(j.correlation, c.correlation, i.correlation) = ?")
            arguments += [correlation.description]
        }
        if !search.kinds.isEmpty {
            conditions.append("j.kind IN (\(search.kinds.map { _ in "?" }.joined(separator: ",")))")
            arguments += StatementArguments(search.kinds)
        }
        let sql = """
            SELECT j.sequence, j.cause, j.at, j.kind, coalesce(j.correlation, c.correlation, i.correlation) AS correlation,
                j.session, i.id AS incident, j.customer, k.name AS customer_name, j.method, j.modification, j.attempt, j.state,
                substr(j.detail, 1, \(AuditSearch.longestDetail)) AS detail
            FROM journal j
            LEFT JOIN journal c ON c.sequence = j.cause
            LEFT JOIN incidents i ON i.number = j.incident
            LEFT JOIN customers k ON k.id = j.customer
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY j.sequence DESC LIMIT \(limit + 1)
            """
        return try storing(path) {
            try writer.read { database in
                Page(try Row.fetchAll(database, sql: sql, arguments: arguments).map(AuditEntry.init), limit: limit)
            }
        }
    }
}

extension AuditEntry {
    fileprivate init(_ row: Row) {
        self.init(
            sequence: row["sequence"],
            cause: row["cause"],
            at: Timestamp(microseconds: row["at"]),
            kind: row["kind"],
            correlation: row["correlation"],
            session: row["session"],
            incident: row["incident"],
            customer: row["customer"],
            customerName: row["customer_name"],
            method: row["method"],
            modification: row["modification"],
            attempt: row["attempt"],
            state: row["state"],
            detail: row["detail"]
        )
    }
}
