internal import DemandResponse
internal import GRDB
internal import Journal

/// Appends inputs with their effects to the journal and applies the changes to the tables, inside the caller's transaction.
///
/// Confined to one thread at a time, as its connection is.
final class JournalWriter {
    private let journal: WriteStatement<JournalRow.Column>
    private let seal: WriteStatement<JournalSection.Column>
    private var tables: TableWriter
    private var encoder = JournalEncoder()
    private(set) var sequence: Int
    /// The rows of this format, to which those are added that are written now.
    private var section: JournalSection
    /// `nil` where rows are not chained: in a run's record, which has a seal.
    private var chain: JournalChain?

    init(_ database: Database, isChained: Bool = false) throws {
        journal = try WriteStatement(database)
        seal = try WriteStatement(database, JournalSection.Column.insertion("INSERT OR REPLACE"))
        tables = try TableWriter(database)
        let sequence = try Int.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM journal") ?? 0
        self.sequence = sequence
        let last = try JournalSection.all(database).last
        section =
            last.flatMap { $0.format == JournalFormat.current && $0.last == sequence ? $0 : nil }
            ?? JournalSection(format: JournalFormat.current, first: sequence + 1, last: sequence, digest: RowDigest())
        chain = isChained ? try JournalChain(continuing: database, after: sequence) : nil
    }

    /// Whether nobody else has added rows since.
    func isUpToDate(_ database: Database) throws -> Bool {
        try Int.fetchOne(database.cachedStatement(sql: "SELECT coalesce(max(sequence), 0) FROM journal")) == sequence
    }

    /// - Parameter onFact: shown what each row says, where somebody looks on.
    func append(_ entry: JournalEntry, onFact: ((JournalFact) -> Void)? = nil) throws {
        try encoder.forEachRow(of: entry, after: &sequence) { row, sequence in
            section.digest.add(row, sequence: sequence)
            try row.write(to: journal, sequence: sequence, chain: chain?.add(row, sequence: sequence))
            if let onFact { onFact(try JournalFact(row, sequence: sequence)) }
        }
        for case .record(let change) in entry.effects { try tables.apply(change) }
    }

    /// Writes what of the tables is not written yet, and down how far the journal goes and its digest: to be called before anybody
    /// reads the tables, and last before the transaction is committed.
    func finish() throws {
        try tables.finish()
        guard section.last < sequence else { return }
        section.last = sequence
        try seal.run([
            .firstSequence: section.first, .format: section.format, .lastSequence: section.last,
            .digest: section.digest.stored,
        ])
    }
}
