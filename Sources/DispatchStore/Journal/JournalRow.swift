public import Base
public import DemandResponse

/// One row of `journal` but for its place: what an input was, or what an effect of one did.
public struct JournalRow: Hashable, Sendable {
    public internal(set) var cause: Int?
    public internal(set) var at: Timestamp
    public internal(set) var kind: JournalKind
    public internal(set) var correlation: UniqueID?
    public internal(set) var request: RequestID?
    public internal(set) var session: SessionID?
    public internal(set) var incident: Incident.Number?
    public internal(set) var customer: Customer.ID?
    public internal(set) var method: JournalMethod?
    public internal(set) var modification: Int?
    public internal(set) var attempt: Int?
    public internal(set) var state: JournalState?
    public internal(set) var digest: Int64?
    public internal(set) var detail: String?

    init(at: Timestamp, _ kind: JournalKind, cause: Int? = nil) {
        self.at = at
        self.kind = kind
        self.cause = cause
    }

    /// With a record's key filled in.
    init(at: Timestamp, _ kind: JournalKind, cause: Int? = nil, _ key: DispatchKey) {
        self.init(at: at, kind, cause: cause)
        incident = key.incident
        customer = key.customer
        method = JournalMethod(key.method)
    }
}

extension JournalRow {
    func write(to statement: InsertStatement, sequence: Int) throws {
        statement.bind(sequence, at: 1)
        statement.bind(cause, at: 2)
        statement.bind(at, at: 3)
        statement.bind(JournalKind.words.bytes(of: kind), at: 4)
        if let correlation { statement.bind(correlation.description, at: 5) }
        if let request { statement.bind(Int(request.number), at: 6) }
        if let session { statement.bind(Int(session.number), at: 7) }
        if let incident { statement.bind(incident, at: 8) }
        if let customer { statement.bind(customer, at: 9) }
        if let method { statement.bind(JournalMethod.words.bytes(of: method), at: 10) }
        if let modification { statement.bind(modification, at: 11) }
        if let attempt { statement.bind(attempt, at: 12) }
        if let state { statement.bind(JournalState.words.bytes(of: state), at: 13) }
        if let digest { statement.bind(Int(digest), at: 14) }
        if let detail { statement.bind(detail, at: 15) }
        try statement.run()
    }

    /// The same, said of another incident: numbers of two journals may differ.
    public func about(incident: Incident.Number) -> JournalRow {
        var row = self
        row.incident = incident
        return row
    }

    /// The same, wherever in a journal its input stands.
    public var withoutCause: JournalRow {
        var row = self
        row.cause = nil
        return row
    }

    /// Reads the row that a cursor over `columns` stands on.
    /// - Throws: `JournalDamage` for a word that no version has written.
    init(_ rows: Cursor) throws(JournalDamage) {
        guard let kind = rows.word(3, of: JournalKind.words) else {
            throw JournalDamage("says “\(rows.text(3))”, which is no kind of row")
        }
        self.init(at: rows.timestamp(2), kind)
        cause = rows.integerIfAny(1)
        if !rows.isNull(4) {
            guard let id = UniqueID(rows.text(4)) else { throw JournalDamage("has a correlation that is not a UUID") }
            correlation = id
        }
        request = rows.integerIfAny(5).map { RequestID(Int64($0)) }
        session = rows.integerIfAny(6).map { SessionID(Int64($0)) }
        incident = rows.integerIfAny(7)
        customer = rows.integerIfAny(8)
        if !rows.isNull(9) {
            guard let word = rows.word(9, of: JournalMethod.words) else {
                throw JournalDamage("says “\(rows.text(9))”, which is no method")
            }
            method = word
        }
        modification = rows.integerIfAny(10)
        attempt = rows.integerIfAny(11)
        if !rows.isNull(12) {
            guard let word = rows.word(12, of: JournalState.words) else {
                throw JournalDamage("says “\(rows.text(12))”, which is no state")
            }
            state = word
        }
        digest = rows.integerIfAny(13).map { Int64($0) }
        detail = rows.textIfAny(14)
    }

    static let columns = """
        sequence, cause, at, kind, correlation, request, session, incident, customer, method, modification, attempt,
        state, digest, detail
        """

    static let insertion = """
        INSERT INTO journal (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

/// What is wrong with a row, to be told with its place.
struct JournalDamage: Error {
    let what: String

    init(_ what: String) { self.what = what }
}

/// FNV-1a, 64 bits (draft-eastlake-fnv): tells whether two messages are the same without keeping both.
public func contentDigest(of message: String) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in message.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int64(bitPattern: hash)
}
