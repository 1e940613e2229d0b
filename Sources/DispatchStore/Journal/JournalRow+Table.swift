internal import Base
internal import DemandResponse
internal import Journal

extension JournalRow {
    enum Column: Int, TableColumn {
        static let table = "journal"
        static var own: [Column] { allCases.filter { $0.rawValue <= Column.chain.rawValue } }
        case sequence, cause, at, kind, correlation, request, session, incident, customer, method, modification
        case attempt, state, digest, detail, actor, chain
        /// What the audit log adds from other tables.
        case incidentId, customerName
    }

    /// - Parameter chain: the row's place in the journal's chain, where it has one.
    func write(to statement: WriteStatement<Column>, sequence: Int, chain: [UInt8]?) throws {
        statement.bind(sequence, at: .sequence)
        statement.bind(cause, at: .cause)
        statement.bind(at, at: .at)
        statement.bind(kind.bytes, at: .kind)
        if let correlation { statement.bind(correlation.description, at: .correlation) }
        if let request { statement.bind(request.number, at: .request) }
        if let session { statement.bind(session.number, at: .session) }
        if let incident { statement.bind(incident, at: .incident) }
        if let customer { statement.bind(customer, at: .customer) }
        if let method { statement.bind(method.bytes, at: .method) }
        if let modification { statement.bind(modification, at: .modification) }
        if let attempt { statement.bind(attempt, at: .attempt) }
        if let state { statement.bind(state.bytes, at: .state) }
        if let digest { statement.bind(digest, at: .digest) }
        if let detail { statement.bind(detail, at: .detail) }
        if let actor { statement.bind(actor, at: .actor) }
        if let chain { statement.bind(chain, at: .chain) }
        try statement.run()
    }

    /// Reads the row that a cursor stands on.
    /// - Throws: `JournalDamage` for a word that no version has written.
    init(_ rows: Cursor<Column>, _ extent: Extent = .whole) throws(JournalDamage) {
        guard let kind = rows.word(.kind, as: JournalKind.self) else {
            throw JournalDamage("says “\(rows[.kind] as String)”, which is no kind of row")
        }
        self.init(
            at: rows[.at],
            kind,
            cause: rows[.cause],
            correlation: extent == .whole ? try Self.correlation(rows) : nil,
            request: (rows[.request] as Int64?).map(RequestID.init),
            session: (rows[.session] as Int64?).map(SessionID.init),
            incident: rows[.incident],
            customer: rows[.customer],
            method: try Self.word(rows, .method),
            modification: rows[.modification],
            attempt: rows[.attempt],
            state: try Self.word(rows, .state),
            digest: rows[.digest],
            detail: extent.hasDetail(of: kind) ? rows[.detail] : nil,
            actor: extent == .whole ? rows[.actor] : nil
        )
    }

    private static func correlation(_ rows: Cursor<Column>) throws(JournalDamage) -> UniqueID? {
        guard let text: String = rows[.correlation] else { return nil }
        guard let id = UniqueID(text) else { throw JournalDamage("has a correlation that is not a UUID") }
        return id
    }

    private static func word<Word: JournalWord>(
        _ rows: Cursor<Column>,
        _ column: Column
    ) throws(JournalDamage) -> Word? {
        if rows.isNull(column) { return nil }
        guard let word = rows.word(column, as: Word.self) else {
            throw JournalDamage("says “\(rows[column] as String)”, which is no \(column.name)")
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
