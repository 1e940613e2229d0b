internal import DemandResponse
internal import GRDB
internal import Journal

/// Appends inputs with their effects to the journal and applies the changes to the tables, inside the caller's transaction.
///
/// Confined to one thread at a time, as its connection is.
final class JournalWriter {
    private let journal: InsertStatement
    private let seal: InsertStatement
    private let tables: TableWriter
    private var encoder = JournalEncoder()
    private(set) var sequence: Int
    /// The rows of this format, to which those are added that are written now.
    private var section: JournalSection

    init(_ database: Database) throws {
        journal = try InsertStatement(database, JournalRow.table.insertion())
        seal = try InsertStatement(database, JournalSection.table.insertion("INSERT OR REPLACE"))
        tables = try TableWriter(database)
        let sequence = try Int.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM journal") ?? 0
        self.sequence = sequence
        let last = try JournalSection.all(database).last
        section =
            last.flatMap { $0.format == JournalFormat.current && $0.last == sequence ? $0 : nil }
            ?? JournalSection(format: JournalFormat.current, first: sequence + 1, last: sequence, digest: RowDigest())
    }

    /// - Parameter onFact: shown what each row says, where somebody looks on.
    func append(_ entry: JournalEntry, onFact: ((JournalFact) -> Void)? = nil) throws {
        try encoder.forEachRow(of: entry, after: &sequence) { row, sequence in
            section.digest.add(row, sequence: sequence)
            try row.write(to: journal, sequence: sequence)
            if let onFact { onFact(try JournalFact(row, sequence: sequence)) }
        }
        for case .record(let change) in entry.effects { try tables.apply(change) }
    }

    /// Writes down how far the journal goes and its digest: the last thing before the transaction is committed.
    func finish() throws {
        guard section.last < sequence else { return }
        section.last = sequence
        seal.bind(section.first, at: 1)
        seal.bind(section.format, at: 2)
        seal.bind(section.last, at: 3)
        seal.bind(Int(section.digest.stored), at: 4)
        try seal.run()
    }
}
