public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// What a client of a run saw or did.
public struct Observation: Sendable {
    public enum Kind: UInt8, JournalWord {
        /// The transport is open and the namespace connected.
        case connected
        /// It said whose it is, and was answered.
        case joined
        case disconnected
        /// A dispatch came in.
        case received
        /// An acknowledgement went out.
        case acknowledged
        /// The update of its own acknowledgement came in.
        case confirmed
        /// Its acknowledgement was refused.
        case refused
        /// News of an incident came in: modified, cancelled or recalled.
        case told

        public static let words = WordTable(allCases.map { String(describing: $0) })
    }

    public var at: Timestamp
    public var kind: Kind
    public var customer: Customer.ID
    /// The client's own count of its connections, from 1.
    public var session: Int
    public var incident: Incident.Number?
    public var method: DispatchMethod??
    public var modification: Int?
    public var digest: Int64?
    public var detail: String?

    public init(at: Timestamp, _ kind: Kind, customer: Customer.ID, session: Int) {
        self.at = at
        self.kind = kind
        self.customer = customer
        self.session = session
    }

    /// Of an acknowledgement of its own: whether that opts out, which is its detail.
    public var optsOut: Bool { detail == Self.optingOut }
    public static let optingOut = "opting out"

    /// Of the dispatch record that it is about.
    public var key: DispatchKey? {
        guard let incident, let method else { return nil }
        return DispatchKey(incident: incident, customer: customer, method: method)
    }
}

extension Observation {
    enum Column: Int, TableColumn {
        static let table = "observations"
        case sequence, at, kind, customer, session, incident, method, modification, digest, detail
    }

    fileprivate func write(to statement: WriteStatement<Column>, sequence: Int) throws {
        statement.bind(sequence, at: .sequence)
        statement.bind(at, at: .at)
        statement.bind(kind.bytes, at: .kind)
        statement.bind(customer, at: .customer)
        statement.bind(session, at: .session)
        if let incident { statement.bind(incident, at: .incident) }
        if let method { statement.bind(method, at: .method) }
        if let modification { statement.bind(modification, at: .modification) }
        if let digest { statement.bind(digest, at: .digest) }
        if let detail { statement.bind(detail, at: .detail) }
        try statement.run()
    }

    /// Reads the row that a cursor stands on; `nil` for a kind of a later version.
    /// - Parameter hasDetail: false: leaves out what few want to know, but not what was confirmed.
    init?(_ rows: Cursor<Column>, hasDetail: Bool = false) {
        guard let kind = rows.word(.kind, as: Kind.self) else { return nil }
        self.init(at: rows[.at], kind, customer: rows[.customer], session: rows[.session])
        incident = rows[.incident]
        method = rows.isNull(.method) ? nil : .some(rows.method(.method))
        modification = rows[.modification]
        digest = rows[.digest]
        detail = hasDetail || kind == .confirmed ? rows[.detail] : nil
    }
}

/// Appends observations, inside the caller's transaction.
struct ObservationWriter {
    private let statement: WriteStatement<Observation.Column>
    private var sequence: Int

    init(_ database: Database) throws {
        statement = try WriteStatement(database)
        sequence = try Int.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM observations") ?? 0
    }

    mutating func append(_ observation: Observation) throws {
        sequence += 1
        try observation.write(to: statement, sequence: sequence)
    }
}

extension RunRecord {
    /// Adds what clients observed, all or nothing.
    public func append(_ observations: [Observation]) throws(StoreError) {
        try file.write { database in
            var writer = try ObservationWriter(database)
            for observation in observations { try writer.append(observation) }
        }
    }

    /// Every observation, in order, without its detail.
    public func forEachObservation(_ body: (Observation) throws -> Void) throws(StoreError) {
        try file.read { database in
            let rows = try Cursor<Observation.Column>(database, Observation.Column.selection + " ORDER BY sequence")
            while try rows.next() {
                if let observation = Observation(rows) { try body(observation) }
            }
        }
    }
}
