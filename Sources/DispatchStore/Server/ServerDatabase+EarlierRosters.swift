public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// A roster that was put in the place of another one, as the journal has it.
public struct EarlierRoster: Identifiable, Sendable {
    /// The sequence of its row in the journal, by which it is named.
    public var id: Int
    public var at: Timestamp
    public var programCount: Int
    public var customerCount: Int
    /// Whether the roster that there is now is the same.
    public var isCurrent: Bool
}

extension ServerDatabase {
    /// How many of the latest rosters are offered.
    public static let mostEarlierRosters = 20

    /// The latest rosters that were imported or restored, or that a server was started with, the newest first.
    public func readEarlierRosters() throws(StoreError) -> [EarlierRoster] {
        try file.read { database in
            let now = try Roster(database)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT sequence, at, json_array_length(detail, '$.programs') AS programs,
                        json_array_length(detail, '$.customers') AS customers
                    FROM journal WHERE kind = 'roster.replaced' ORDER BY sequence DESC LIMIT ?
                    """,
                arguments: [Self.mostEarlierRosters]
            )
            return try rows.map { row in
                let (programs, customers): (Int, Int) = (row["programs"] ?? 0, row["customers"] ?? 0)
                let mayBeCurrent = programs == now.programs.count && customers == now.customers.count
                return EarlierRoster(
                    id: row["sequence"],
                    at: Timestamp(microseconds: row["at"]),
                    programCount: programs,
                    customerCount: customers,
                    isCurrent: try mayBeCurrent && journaledRoster(row["sequence"], database) == now
                )
            }
        }
    }

    /// One of the journal's rosters; `nil`: the row of that sequence has none.
    public func readEarlierRoster(_ id: Int) throws(StoreError) -> Roster? {
        try file.read { try journaledRoster(id, $0) }
    }

    private func journaledRoster(_ id: Int, _ database: Database) throws -> Roster? {
        return try Cursor<JournalRow.Column>(database, JournalRow.Column.selection + " WHERE sequence = ?", [id])
            .first { row in
                try inRow(id, of: path) { () throws(JournalDamage) in try JournalRow(row).roster() }
            } ?? nil
    }
}
