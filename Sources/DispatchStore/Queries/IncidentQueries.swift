public import Base
public import DemandResponse
internal import GRDB

extension DispatchDatabase {
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
        try reading { database in
            let last = try after.flatMap {
                try Int.fetchOne(
                    database,
                    sql: "SELECT number FROM incidents WHERE id = ?",
                    arguments: [$0.description]
                )
            }
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    \(TableWriter.incidents.selection) WHERE number < ? AND (? IS NULL OR program = ?) ORDER BY number DESC
                    """,
                arguments: [last ?? .max, program, program]
            )
            // The status is the rules' to tell, so that it is computed here and not once more in SQL.
            var incidents: [Incident] = []
            while incidents.count <= limit, let row = try rows.next() {
                let incident = try Self.incident(row)
                if statuses.isEmpty || statuses.contains(incident.status(at: now)) { incidents.append(incident) }
            }
            return Page(incidents, limit: limit)
        }
    }
}
