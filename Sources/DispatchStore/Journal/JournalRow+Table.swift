internal import Base
internal import DemandResponse
internal import Journal

extension JournalRow {
    static let table = Table(
        "journal",
        """
        sequence cause at kind correlation request session incident customer method modification attempt
        state digest detail
        """
    )

    func write(to statement: InsertStatement, sequence: Int) throws {
        statement.bind(sequence, at: 1)
        statement.bind(cause, at: 2)
        statement.bind(at, at: 3)
        statement.bind(kind.bytes, at: 4)
        if let correlation { statement.bind(correlation.description, at: 5) }
        if let request { statement.bind(Int(request.number), at: 6) }
        if let session { statement.bind(Int(session.number), at: 7) }
        if let incident { statement.bind(incident, at: 8) }
        if let customer { statement.bind(customer, at: 9) }
        if let method { statement.bind(method.bytes, at: 10) }
        if let modification { statement.bind(modification, at: 11) }
        if let attempt { statement.bind(attempt, at: 12) }
        if let state { statement.bind(state.bytes, at: 13) }
        if let digest { statement.bind(Int(digest), at: 14) }
        if let detail { statement.bind(detail, at: 15) }
        try statement.run()
    }

    /// Reads the row that a cursor over `table` stands on.
    /// - Throws: `JournalDamage` for a word that no version has written.
    init(_ rows: Cursor, _ extent: Extent = .whole) throws(JournalDamage) {
        guard let kind = rows.word(3, as: JournalKind.self) else {
            throw JournalDamage("says “\(rows.text(3))”, which is no kind of row")
        }
        self.init(
            at: rows.timestamp(2),
            kind,
            cause: rows.integerIfAny(1),
            correlation: extent == .whole ? try Self.correlation(rows) : nil,
            request: rows.integerIfAny(5).map { RequestID(Int64($0)) },
            session: rows.integerIfAny(6).map { SessionID(Int64($0)) },
            incident: rows.integerIfAny(7),
            customer: rows.integerIfAny(8),
            method: try Self.word(rows, 9, "method"),
            modification: rows.integerIfAny(10),
            attempt: rows.integerIfAny(11),
            state: try Self.word(rows, 12, "state"),
            digest: rows.integerIfAny(13).map { Int64($0) },
            detail: extent.hasDetail(of: kind) ? rows.textIfAny(14) : nil
        )
    }

    private static func correlation(_ rows: Cursor) throws(JournalDamage) -> UniqueID? {
        guard let text = rows.textIfAny(4) else { return nil }
        guard let id = UniqueID(text) else { throw JournalDamage("has a correlation that is not a UUID") }
        return id
    }

    private static func word<Word: JournalWord>(
        _ rows: Cursor,
        _ column: Int32,
        _ what: String
    ) throws(JournalDamage) -> Word? {
        if rows.isNull(column) { return nil }
        guard let word = rows.word(column, as: Word.self) else {
            throw JournalDamage("says “\(rows.text(column))”, which is no \(what)")
        }
        return word
    }
}

extension JournalWord {
    /// As a list for SQL: `('refused', 'answer.refused')`.
    static func list(_ words: Self...) -> String {
        "(\(words.map { "'\($0.name)'" }.joined(separator: ", ")))"
    }
}

extension StoreError {
    init(_ damage: JournalDamage, inRow sequence: Int, of path: String) {
        self.init(
            .damaged,
            path: path,
            "the record is damaged: row \(sequence) of the journal \(damage.what); restore a copy"
        )
    }
}

/// Says in which row of the journal the damage is.
func inRow<Value>(
    _ sequence: Int,
    of path: String,
    _ body: () throws(JournalDamage) -> Value
) throws(StoreError) -> Value {
    do throws(JournalDamage) { return try body() } catch { throw StoreError(error, inRow: sequence, of: path) }
}
