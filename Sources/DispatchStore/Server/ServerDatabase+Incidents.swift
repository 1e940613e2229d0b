public import Base
public import DemandResponse
internal import GRDB
public import Journal

extension ServerDatabase {
    /// Incidents, the newest first.
    /// - Parameters:
    ///   - statuses: as they are at `now`; empty: all.
    ///   - after: the `_id` of the last one of the page before; an unknown one starts at the beginning.
    public func readIncidents(
        program: Program.ID? = nil,
        statuses: Set<EventStatus> = [],
        at now: Timestamp,
        after: UniqueID? = nil,
        limit: Int
    ) throws(StoreError) -> Page<Incident> {
        try file.read { database in
            let last = try after.flatMap { try Incident.find($0, database)?.number }
            let rows = try Cursor<Incident.Column>(
                database,
                Incident.Column.selection + " WHERE number < ? AND (? IS NULL OR program = ?) ORDER BY number DESC",
                [last ?? .max, program, program]
            )
            // The status is the rules' to tell, so that it is computed here and not once more in SQL.
            var incidents: [Incident] = []
            while incidents.count <= limit, let incident = try rows.first(Incident.init) {
                if statuses.isEmpty || statuses.contains(incident.status(at: now)) { incidents.append(incident) }
            }
            return Page(incidents, limit: limit)
        }
    }

    public func readIncident(_ id: UniqueID) throws(StoreError) -> Incident? {
        try file.read { try Incident.find(id, $0) }
    }

    /// Whether nothing has happened in this database yet.
    public func isNew() throws(StoreError) -> Bool {
        // Tokens may be made before a server is first started.
        let sql = "SELECT 1 FROM journal WHERE kind NOT IN \(JournalKind.list(.tokenCreated, .tokenRevoked)) LIMIT 1"
        return try file.read { try Int.fetchOne($0, sql: sql) == nil }
    }
}
