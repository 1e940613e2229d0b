public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// A row of the journal for a person to read: an input, or an effect that one had.
public struct AuditEntry: Sendable {
    public var sequence: Int
    /// With the correlation of the request that led to it. Of the detail there are at most `AuditSearch.longestDetail`
    /// characters: a roster is longer.
    public var row: JournalRow
    /// The incident's `_id`; `nil` once it is purged.
    public var incident: String?
    /// As the roster has it now.
    public var customerName: String?
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

extension ServerDatabase {
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
        let columns = JournalRow.Column.own.filter { $0 != .chain }.map { column in
            switch column {
            case .actor: "coalesce(j.actor, c.actor) AS actor"
            case .correlation: "coalesce(j.correlation, c.correlation, i.correlation) AS correlation"
            case .detail: "substr(j.detail, 1, \(AuditSearch.longestDetail)) AS detail"
            default: "j.\(column.name)"
            }
        }
        let sql = """
            SELECT \(columns.joined(separator: ", ")), i.id AS incident_id, k.name AS customer_name
            FROM journal j
            LEFT JOIN journal c ON c.sequence = j.cause
            LEFT JOIN incidents i ON i.number = j.incident
            LEFT JOIN customers k ON k.id = j.customer
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY j.sequence DESC LIMIT \(limit + 1)
            """
        return try file.read { database in
            let entries = try Cursor<JournalRow.Column>(database, sql, arguments).map { row in
                let sequence: Int = row[.sequence]
                return AuditEntry(
                    sequence: sequence,
                    row: try inRow(sequence, of: path) { () throws(JournalDamage) in try JournalRow(row) },
                    incident: row[.incidentId],
                    customerName: row[.customerName]
                )
            }
            return Page(entries, limit: limit)
        }
    }
}
