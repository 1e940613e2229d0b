internal import Algorithms
public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// What a record says of its dispatches, read once and kept small: what the checkers and the measurements look at.
public struct History: Sendable {
    /// One row of `dispatches`, with what the customer's client saw of its present modification.
    public struct Record: Sendable, Equatable {
        public var key: DispatchKey
        public var modification: Int
        public var program: Program.ID
        public var createdAt: Timestamp
        public var announcedAt: Timestamp
        public var state: DeliveryState
        /// How often it was handed out.
        public var attempts = 0
        public var hasFailure: Bool
        public var deliveredAt: Timestamp?
        /// When the customer first answered.
        public var acknowledgedAt: Timestamp?
        /// What the answer says that counts, the last one.
        public var optedOut: Bool
        /// It takes back, after the start, that the customer had opted in.
        public var isWithdrawn = false
        /// Of the first answer.
        public var isLate: Bool
        /// When the client first had it.
        public var receivedAt: Timestamp?
        /// How long after the announcement the client connected that first had it; nothing where it was there.
        var absence = Span.zero
        /// When the client first sent an acknowledgement that named it.
        public var answeredAt: Timestamp?
        /// When the client first saw the update of an acknowledgement of its own.
        public var confirmedAt: Timestamp?
        /// How often it came again within one session of the client.
        public var duplicates = 0
        var lastSession = 0

        /// When it is known to have come through: over Socket.IO by the client's own word, otherwise by the carrier's report.
        public var reachedAt: Timestamp? { key.method == .websocket ? receivedAt : deliveredAt }

        /// The same dispatch as another modification announces it, before anything has come of it.
        func unsent(as modification: Int, announcedAt: Timestamp) -> Record {
            Record(
                key: key,
                modification: modification,
                program: program,
                createdAt: createdAt,
                announcedAt: announcedAt,
                state: .pending,
                hasFailure: false,
                optedOut: false,
                isLate: false
            )
        }

        /// - Parameter attempt: from 1.
        public func hasFailed(attempt: Int) -> Bool {
            attempt < attempts || (attempt == attempts && (state == .failed || state == .deferred))
        }
    }

    /// Ascending by incident, customer, method.
    public internal(set) var records: [Record] = []
    /// What became of a dispatch as earlier modifications announced it, ascending.
    var earlier: [DispatchKey: [Record]] = [:]
    /// The scenario's names of incidents; a server's database has none.
    public internal(set) var names: [Incident.Number: String] = [:]
    public internal(set) var script: [ScriptStep] = []
    /// How many requests and acknowledgements were refused.
    public internal(set) var refusals = 0
    /// How many times as fast as the machine's clock that of the record goes.
    public internal(set) var clockSpeed = 1.0
    /// Whether clients were watched, so that it is known what came to them by websocket: in a run, but not by a server alone.
    public internal(set) var isObserved = true
    /// The group of each customer that has one, as the roster last had it.
    public internal(set) var groups: [Customer.ID: String] = [:]
    /// When the present connection of each client was made; empty where the software's time need not be told from the script's.
    var connections: [Customer.ID: Timestamp] = [:]

    /// Nothing has happened.
    public init() {}

    /// The position of a record.
    public func index(of key: DispatchKey) -> Int? {
        let index = records.partitioningIndex { !Self.precedes($0.key, key) }
        return index < records.count && records[index].key == key ? index : nil
    }

    /// The position of the first record of a customer in an incident, or of what comes behind them.
    func firstIndex(of customer: Customer.ID, in incident: Incident.Number) -> Int {
        let key = DispatchKey(incident: incident, customer: customer, method: nil)
        return records.partitioningIndex { !Self.precedes($0.key, key) }
    }

    /// The records of each customer in each incident, in their order.
    public func forEachParticipation(_ body: (ArraySlice<Record>) -> Void) {
        Self.forEachParticipation(in: records, body)
    }

    /// - Parameter records: ascending as those of a history.
    static func forEachParticipation(in records: [Record], _ body: (ArraySlice<Record>) -> Void) {
        var first = 0
        while first < records.count {
            let key = records[first].key
            let rest = records[first...]
            let end =
                rest.firstIndex { $0.key.incident != key.incident || $0.key.customer != key.customer } ?? rest.endIndex
            body(records[first..<end])
            first = end
        }
    }

    /// What became of the dispatches as one modification announced them, from 0.
    func records(ofModification modification: Int) -> [Record] {
        records.compactMap { record in
            record.modification == modification
                ? record : earlier[record.key]?.first { $0.modification == modification }
        }
    }

    /// Changes what is known of a dispatch as one modification announced it.
    mutating func change(_ key: DispatchKey, modification: Int, _ change: (inout Record) -> Void) {
        if let index = index(of: key) { self.change(at: index, modification: modification, change) }
    }

    /// - Parameter index: the position of the dispatch.
    mutating func change(at index: Int, modification: Int, _ change: (inout Record) -> Void) {
        if records[index].modification == modification { return change(&records[index]) }
        changeEarlier(records[index].key, modification: modification, change)
    }

    private mutating func changeEarlier(_ key: DispatchKey, modification: Int, _ change: (inout Record) -> Void) {
        guard var past = earlier[key], let place = past.firstIndex(where: { $0.modification == modification }) else {
            return
        }
        change(&past[place])
        earlier[key] = past
    }

    private static func precedes(_ a: DispatchKey, _ b: DispatchKey) -> Bool {
        if a.incident != b.incident { return a.incident < b.incident }
        if a.customer != b.customer { return a.customer < b.customer }
        return (a.method?.rawValue ?? 0) < (b.method?.rawValue ?? 0)
    }
}

extension RunRecord {
    public func readHistory() throws(StoreError) -> History {
        try file.read { try History($0, path: path) }
    }
}

extension History {
    init(_ database: Database, path: String) throws {
        try self.init(runIn: database)
        script = try ScriptStep.all(database)
        for step in script where step.kind == .incident {
            if let incident = step.incident { names[incident] = step.name }
        }
        try readGroups(database)
        try readRecords(database)
        try readEarlier(database, path: path)
        try readObservations(database)
        refusals =
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM journal WHERE kind IN \(JournalKind.list(.refused, .answerRefused))"
            ) ?? 0
    }

    /// How the dispatches of one incident stand. The journal, which grows for as long as a server lives, is not read for it: there are no
    /// earlier modifications in it, and no refusals.
    init(_ database: Database, of incident: Incident.Number) throws {
        try self.init(runIn: database)
        // A number of ours: no text of a client comes into the statements.
        try readRecords(database, where: "incident = \(incident)")
        try readObservations(database, where: "(kind = 'connected' OR incident = \(incident))")
    }

    private init(runIn database: Database) throws {
        let run = try RunHeader(database)
        clockSpeed = run?.clockSpeed ?? 1
        isObserved =
            try run != nil || Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM observations)") ?? false
    }

    static func groups(of customers: [Customer]) -> [Customer.ID: String] {
        customers.reduce(into: [:]) { if let group = $1.group { $0[$1.id] = group } }
    }

    /// The same of the customers of each group alone that was dispatched, in the order of the groups' names.
    func byGroup() -> [(name: String, history: History)] {
        guard !groups.isEmpty else { return [] }
        var own: [String: [Record]] = [:]
        for record in records {
            if let group = groups[record.key.customer] { own[group, default: []].append(record) }
        }
        return own.sorted { $0.key < $1.key }.map { name, records in
            var history = self
            history.records = records
            return (name, history)
        }
    }

    /// The same of some incidents alone.
    public func keeping(_ isKept: (Incident.Number) -> Bool) -> History {
        var history = self
        history.records.removeAll { !isKept($0.key.incident) }
        return history
    }

    private mutating func readGroups(_ database: Database) throws {
        let rows = try Cursor<Customer.Column>(database, Customer.Column.selection)
        while try rows.next() {
            if let group: String = rows[.groupName] { groups[rows[.id]] = group }
        }
    }

    fileprivate mutating func readRecords(_ database: Database, where condition: String = "TRUE") throws {
        let rows = try Cursor<DispatchRow.Column>(
            database,
            """
            SELECT * FROM dispatches WHERE \(condition) ORDER BY incident, customer, method
            """
        )
        while try rows.next() {
            records.append(
                Record(
                    key: rows.key,
                    modification: rows[.modification],
                    program: rows[.program],
                    createdAt: rows[.createdAt],
                    announcedAt: rows[.announcedAt],
                    state: rows.state(.state) ?? .pending,
                    attempts: rows[.attempts],
                    hasFailure: !rows.isNull(.failure),
                    deliveredAt: rows[.deliveredAt],
                    acknowledgedAt: rows[.acknowledgedAt],
                    optedOut: rows[.optedOut],
                    isWithdrawn: rows[.withdrawn],
                    isLate: rows[.late]
                )
            )
            moveLastIntoPlace()
        }
    }

    /// Of incidents that were modified the table has the present modification alone; of the others the journal tells.
    fileprivate mutating func readEarlier(_ database: Database, path: String) throws {
        let rows = try Cursor<JournalRow.Column>(
            database,
            JournalRow.Column.selection
                + """
                 WHERE incident IN (SELECT number FROM incidents WHERE modification > 0)
                    AND kind IN \(JournalKind.list(.dispatchRecorded, .deliveryRecorded, .acknowledgementRecorded))
                    ORDER BY sequence
                """
        )
        while try rows.next() {
            let fact = try rows.fact(path)
            switch fact.content {
            case .dispatch(let key, let modification, let state, _):
                guard let index = index(of: key), modification < records[index].modification else { continue }
                var record = records[index].unsent(as: modification, announcedAt: fact.at)
                record.state = state
                record.attempts = state == .sending ? 1 : 0
                earlier[key, default: []].append(record)
            case .delivery(let key, let modification, .dispatch, let state, let attempt, let reason):
                changeEarlier(key, modification: modification) { record in
                    record.state = state
                    record.attempts = attempt
                    record.hasFailure = reason != nil
                    if state == .delivered { record.deliveredAt = fact.at }
                }
            case .acknowledgement(let incident, let customer, let modification, let isLate, let detail):
                acknowledge(
                    incident,
                    customer,
                    modification,
                    at: fact.at,
                    optsOut: AcknowledgementDetail.optsOut(detail ?? ""),
                    isWithdrawal: AcknowledgementDetail.isWithdrawal(detail ?? ""),
                    isLate: isLate
                )
            default: break
            }
        }
    }

    /// The table's order is that of the methods' names; here it is that of their numbers.
    mutating func moveLastIntoPlace() {
        var index = records.count - 1
        while index > 0, Self.precedes(records[index].key, records[index - 1].key) {
            records.swapAt(index, index - 1)
            index -= 1
        }
    }

    fileprivate mutating func readObservations(_ database: Database, where condition: String = "TRUE") throws {
        let rows = try Cursor<Observation.Column>(
            database,
            Observation.Column.selection
                + """
                 WHERE kind IN \(Observation.Kind.list(.connected, .received, .acknowledged, .confirmed))
                    AND \(condition) ORDER BY sequence
                """
        )
        while try rows.next() {
            if let seen = Observation(rows) { add(seen) }
        }
    }
}
