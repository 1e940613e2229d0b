public import Base
public import DemandResponse
public import Journal
public import Measures

/// What a server reads for its API, and the tokens of those who ask: all that was committed, as of one moment a call.
///
/// Nothing is said here of files or of SQL, so that another database can stand behind a server. Used by many threads at once.
public protocol ServerRecords: Sendable {
    /// Throws what keeps anything from being read now.
    func isNew() throws(StoreError) -> Bool
    /// Throws if what was opened is no longer there: it was deleted or replaced.
    func checkPlace() throws(StoreError)

    func readRoster() throws(StoreError) -> Roster
    func readEarlierRosters() throws(StoreError) -> [EarlierRoster]
    func readEarlierRoster(_ id: Int) throws(StoreError) -> Roster?
    func readRoster(before sequence: Int) throws(StoreError) -> Roster
    func readChange(_ correlation: UniqueID) throws(StoreError) -> JournaledChange?
    func readProgram(_ id: Program.ID) throws(StoreError) -> Program?
    func readPrograms() throws(StoreError) -> [Program]
    func readPrograms(after: Program.ID?, limit: Int) throws(StoreError) -> Page<ProgramRow>
    func readCustomer(_ id: Customer.ID) throws(StoreError) -> Customer?
    func readCustomers(of program: Program.ID) throws(StoreError) -> [Customer]
    func readCustomers(program: Program.ID?, after: Customer.ID?, limit: Int) throws(StoreError) -> Page<Customer>

    func readIncident(_ id: UniqueID) throws(StoreError) -> Incident?
    func readIncidents(
        program: Program.ID?,
        statuses: Set<EventStatus>,
        at now: Timestamp,
        after: UniqueID?,
        limit: Int
    ) throws(StoreError) -> Page<Incident>
    func readSummary(of id: UniqueID) throws(StoreError) -> IncidentSummary?
    func readParticipations(
        in incident: UniqueID,
        standings: Set<Standing>,
        after: Customer.ID?,
        limit: Int
    ) throws(StoreError) -> Page<Participation>?

    func readDispatches(
        of customer: Customer.ID,
        acknowledged: Bool?,
        after: UniqueID?,
        limit: Int?
    ) throws(StoreError) -> [DispatchRow]
    func readDispatches(
        _ search: DispatchSearch,
        after: DispatchSearch.Place?,
        limit: Int
    ) throws(StoreError) -> Page<DispatchRow>
    func readAudit(_ search: AuditSearch, after: Int?, limit: Int) throws(StoreError) -> Page<AuditEntry>

    func readAccessToken(_ id: String) throws(StoreError) -> AccessToken?
    /// Every token that was ever made, oldest first.
    func readAccessTokens() throws(StoreError) -> [AccessToken]
}

extension ServerDatabase: ServerRecords {}

extension ServerRecords {
    /// The incidents that are to come or under way, the newest first.
    public func readOpenIncidents(at now: Timestamp, limit: Int) throws(StoreError) -> [Incident] {
        try readIncidents(program: nil, statuses: [.far, .near, .active], at: now, after: nil, limit: limit).rows
    }
}

/// A part of a list: rows in the list's order, and whether more follow.
public struct Page<Row: Sendable>: Sendable {
    public var rows: [Row]
    public var hasMore: Bool

    /// - Parameter rows: one more than the limit, if there are as many.
    init(_ rows: [Row], limit: Int) {
        self.rows = Array(rows.prefix(limit))
        hasMore = rows.count > limit
    }
}
