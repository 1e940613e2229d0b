internal import GRDB
public import Journal

/// What was found of a journal's chain.
public enum ChainFinding: Equatable, Sendable {
    /// Every row is what was written.
    /// - Parameters:
    ///   - first: the first row that is chained; older ones are told from a change by their digest alone.
    ///   - last: the journal's last row, and what stands in it: who keeps that elsewhere can tell a chain that was written anew.
    case whole(first: Int, last: Int, value: [UInt8])
    /// The first row that is not what was written, and what is wrong with it.
    case broken(row: Int, what: String)
    /// No server of this version has written to the file.
    case none
}

extension ServerDatabase {
    /// Looks through the whole journal of a database, whether a server is using it or not.
    public static func verifyAudit(_ path: String) throws(StoreError) -> ChainFinding {
        let file = try DatabaseFile.openForReading(path)
        let finding = try file.read { database in
            guard try database.tableExists("journal_chain"),
                let first = try Int.fetchOne(database, sql: "SELECT first_sequence FROM journal_chain")
            else { return ChainFinding.none }
            return try verify(database, path: path, from: first)
        }
        try file.close()
        return finding
    }

    private static func verify(_ database: Database, path: String, from first: Int) throws -> ChainFinding {
        var chain = JournalChain()
        var expected = first
        let selection = JournalRow.Column.selection + " WHERE sequence >= ? ORDER BY sequence"
        let rows = try Cursor<JournalRow.Column>(database, selection, [first])
        while try rows.next() {
            let sequence: Int = rows[.sequence]
            guard sequence == expected else { return .broken(row: expected, what: "is missing") }
            expected += 1
            let row: JournalRow
            do throws(JournalDamage) { row = try JournalRow(rows) } catch {
                return .broken(row: sequence, what: error.what)
            }
            guard rows[.chain] as [UInt8] == chain.add(row, sequence: sequence) else {
                return .broken(row: sequence, what: "is not what was written, or does not follow the row before")
            }
        }
        // Rows that are gone from the end leave no gap; the journal's own digest knows how far it went, and is all that older rows have.
        if let last = try JournalSection.all(database).last?.last, last >= expected {
            return .broken(row: expected, what: "is missing, with all that followed up to row \(last)")
        }
        do {
            try JournalScan.read(database, path: path) { _ in true }
        } catch let error as StoreError {
            return .broken(row: 1, what: "or one before row \(first) is not what was written: \(error)")
        }
        return .whole(first: first, last: expected - 1, value: chain.value)
    }
}
