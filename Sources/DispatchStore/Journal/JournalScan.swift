internal import Base
internal import GRDB
public import Journal

/// Puts a journal's rows together to steps, and sees to it that they are the rows that were written: none is missing, each
/// effect follows its input, and their digest is the one that was written down with them.
struct JournalScan {
    private let path: String
    private let sections: [JournalSection]
    /// The position in `sections` of the rows that are read now, or of the next ones; rows before the first have format 1.
    private var section = 0
    private var digest = RowDigest()
    private var sequence = 0
    private var step: JournalStep?

    /// - Throws: `StoreError` for a format that only a newer version knows.
    init(_ sections: [JournalSection], path: String) throws(StoreError) {
        self.path = path
        self.sections = sections
        for section in sections {
            guard section.format <= JournalFormat.current else {
                throw StoreError(
                    .newerSchema,
                    path: path,
                    "its journal has format \(section.format), which a newer GridDrill wrote: this one reads formats up to "
                        + "\(JournalFormat.current); use that version or a newer one"
                )
            }
        }
        for (section, next) in zip(sections, sections.dropFirst()) where section.last + 1 != next.first {
            throw damage("rows \(section.last + 1) to \(next.first - 1) of the journal are of no format")
        }
    }

    /// Takes the row that the cursor stands on.
    /// - Returns: the step before, when the row begins another.
    mutating func take(_ rows: Cursor<JournalRow.Column>) throws(StoreError) -> JournalStep? {
        let found: Int = rows[.sequence]
        guard found == sequence + 1 else {
            throw damage("row \(sequence + 1) of the journal is missing")
        }
        sequence = found
        return try inRow(found, of: path) { () throws(JournalDamage) in
            let row = try JournalRow(rows)
            guard Timestamp.carried.contains(row.at) else {
                throw JournalDamage("has an impossible time, \(row.at.microseconds) µs after 1970")
            }
            try check(row)
            guard !row.isBeyond(format: format) else {
                throw JournalDamage("holds more than its format \(format) does")
            }
            return try add(row)
        }
    }

    /// - Returns: the last step.
    mutating func finish() throws(StoreError) -> JournalStep? {
        if let last = sections.last, last.last != sequence {
            throw damage("the journal ends with row \(sequence) and not with row \(last.last)")
        }
        return step
    }

    private var format: Int {
        guard section < sections.count, sequence >= sections[section].first else { return JournalFormat.first }
        return sections[section].format
    }

    private mutating func check(_ row: JournalRow) throws(JournalDamage) {
        if section < sections.count, sequence > sections[section].last {
            section += 1
            digest = RowDigest()
            guard section < sections.count else { throw JournalDamage("is one more than were written") }
        }
        guard section < sections.count, sequence >= sections[section].first else { return }
        digest.add(row, sequence: sequence)
        let written = sections[section]
        if sequence == written.last, digest != written.digest {
            throw JournalDamage(
                "or one of the \(sequence - written.first) before it is not what was written (by their digest)"
            )
        }
    }

    private mutating func add(_ row: JournalRow) throws(JournalDamage) -> JournalStep? {
        guard let cause = row.cause else {
            let before = step
            step = try JournalStep(row, sequence: sequence, format: format)
            return before
        }
        guard step?.sequence == cause else {
            throw JournalDamage("is an effect of row \(cause), which it does not follow")
        }
        step?.effects.append(row)
        return nil
    }

    private func damage(_ what: String) -> StoreError {
        StoreError(.damaged, path: path, "the record is damaged: \(what); restore a copy")
    }
}

extension JournalScan {
    /// Reads a whole journal, in order, until `body` says false. It is found to be what was written only once all of it is read.
    static func read(_ database: Database, path: String, _ body: (JournalStep) throws -> Bool) throws {
        var scan = try JournalScan(JournalSection.all(database), path: path)
        let rows = try Cursor<JournalRow.Column>(database, JournalRow.Column.selection + " ORDER BY sequence")
        while try rows.next() {
            if let step = try scan.take(rows), try !body(step) { return }
        }
        if let last = try scan.finish() { _ = try body(last) }
    }
}

extension RunRecord {
    /// What every row of the journal says, in order.
    public func forEachFact(_ body: (JournalFact) throws -> Void) throws(StoreError) {
        try file.read { database in
            let rows = try Cursor<JournalRow.Column>(database, JournalRow.Column.selection + " ORDER BY sequence")
            while try rows.next() { try body(rows.fact(path)) }
        }
    }

    /// Reads the journal, every input with what came of it, and what has become of the dispatches by the same moment.
    public func readJournal(_ body: (JournalStep) throws -> Void) throws(StoreError) -> History {
        try file.read { database in
            try JournalScan.read(database, path: path) { step in
                try body(step)
                return true
            }
            return try History(database, path: path)
        }
    }
}

extension Cursor<JournalRow.Column> {
    /// What the row says that a cursor over the journal's table stands on.
    func fact(_ path: String) throws(StoreError) -> JournalFact {
        let sequence: Int = self[.sequence]
        return try inRow(sequence, of: path) { () throws(JournalDamage) in
            try JournalFact(JournalRow(self, .fact), sequence: sequence)
        }
    }
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
        return try Cursor<Column>(database, Column.selection + " ORDER BY first_sequence").map { row in
            JournalSection(
                format: row[.format],
                first: row[.firstSequence],
                last: row[.lastSequence],
                digest: RowDigest(continuing: row[.digest])
            )
        }
    }

    enum Column: Int, TableColumn {
        static let table = "journal_formats"
        case firstSequence, format, lastSequence, digest
    }
}
