internal import GRDB

/// In which form a journal's rows are written. Rows are never changed afterwards: a journal that several versions have written
/// has several formats, and a reader knows them all.
///
/// 1. Effects without what their carriers and sessions were given; line feeds in reasons became blanks.
/// 2. An effect names the destination, the attempt, the record and the answer; line feeds are escaped; rows have a digest.
public enum JournalFormat {
    public static let current = 2
    /// What files held before their formats were written down.
    static let first = 1
}

/// A row of `journal_formats`: rows of one format, from one on to another, and their digest.
struct JournalSection: Equatable {
    var format: Int
    var first: Int
    var last: Int
    var digest: RowDigest

    /// Those of a file, in order; a file from before there was such a table has none.
    static func all(_ database: Database) throws -> [JournalSection] {
        guard try database.tableExists("journal_formats") else { return [] }
        let rows = try Cursor(
            database,
            "SELECT format, first_sequence, last_sequence, digest FROM journal_formats ORDER BY first_sequence"
        )
        var sections: [JournalSection] = []
        while try rows.next() {
            let digest = RowDigest(continuing: Int64(rows.integer(3)))
            sections.append(
                JournalSection(format: rows.integer(0), first: rows.integer(1), last: rows.integer(2), digest: digest)
            )
        }
        return sections
    }

    static let insertion = """
        INSERT OR REPLACE INTO journal_formats (first_sequence, format, last_sequence, digest) VALUES (?, ?, ?, ?)
        """
}
