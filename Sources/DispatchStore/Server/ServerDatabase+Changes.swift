public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// A change that was asked for and made, as the journal has it.
public struct JournaledChange: Sendable {
    public var sequence: Int
    public var row: JournalRow
}

extension ServerDatabase {
    /// The change that was made for the request of a correlation; `nil`: none was made, or what was asked for was refused.
    public func readChange(_ correlation: UniqueID) throws(StoreError) -> JournaledChange? {
        try file.read { database in
            let inputs = try Cursor<JournalRow.Column>(
                database,
                JournalRow.Column.selection + " WHERE correlation = ? AND cause IS NULL ORDER BY sequence DESC",
                [correlation.description]
            )
            while try inputs.next() {
                let sequence: Int = inputs[.sequence]
                let row = try inRow(sequence, of: path) { () throws(JournalDamage) in try JournalRow(inputs) }
                if row.kind != .accessDenied, try !isRefused(sequence, database) {
                    return JournaledChange(sequence: sequence, row: row)
                }
            }
            return nil
        }
    }

    /// The roster that there was before an entry of the journal.
    public func readRoster(before sequence: Int) throws(StoreError) -> Roster {
        try file.read { database in
            let condition = " WHERE sequence < ? AND (kind = 'roster.replaced' OR kind = 'purged' AND state = 'all')"
            let sql = JournalRow.Column.selection + condition + " ORDER BY sequence DESC LIMIT 1"
            let roster = try Cursor<JournalRow.Column>(database, sql, [sequence]).first { row in
                try inRow(row[.sequence], of: path) { () throws(JournalDamage) -> Roster? in
                    try JournalRow(row).roster()
                }
            }
            return (roster ?? nil) ?? Roster()
        }
    }

    /// Whether the answer, the last of an input's effects, refuses it.
    private func isRefused(_ sequence: Int, _ database: Database) throws -> Bool {
        let next = try Int.fetchOne(
            database,
            sql: "SELECT sequence FROM journal WHERE sequence > ? AND cause IS NULL ORDER BY sequence LIMIT 1",
            arguments: [sequence]
        )
        let sql = "SELECT kind FROM journal WHERE sequence > ? AND sequence < ? ORDER BY sequence DESC LIMIT 1"
        let last = try String.fetchOne(database, sql: sql, arguments: [sequence, next ?? .max])
        return last == JournalKind.answerRefused.name
    }
}

extension JournalRow {
    /// Of a `roster.replaced`; `nil` for any other row.
    func roster() throws(JournalDamage) -> Roster? {
        guard kind == .rosterReplaced, case .rosterReplaced(let roster, _) = try input(format: JournalFormat.current)
        else { return nil }
        return roster
    }
}
