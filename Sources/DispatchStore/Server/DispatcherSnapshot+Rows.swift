internal import Base
internal import DemandResponse
internal import GRDB
internal import Journal

extension DispatcherSnapshot {
    /// What was committed, as the tables and, where they do not tell, the journal have it.
    init(_ database: Database, warn: Customer.UnknownTypeWarning = { _, _ in }) throws {
        let incidents = try Row.fetchAll(database, sql: TableWriter.incidents.selection + " ORDER BY number").map(
            Incident.init
        )
        let last = try Int.fetchOne(
            database,
            sql: "SELECT max(incident) FROM journal WHERE kind = '\(JournalKind.incidentRecorded.name)'"
        )
        let archived = try Set(
            Int.fetchAll(
                database,
                sql: """
                    SELECT value FROM journal, json_each(detail) WHERE kind = '\(JournalKind.incidentsArchived.name)'
                    """
            )
        )
        let held = incidents.map(\.number).filter { !archived.contains($0) }
        let rows = try Row.fetchAll(
            database,
            sql: DispatchRow.selection
                + " WHERE d.incident IN (SELECT value FROM json_each(?)) ORDER BY d.incident, d.customer, d.position",
            arguments: ["\(held)"]
        ).map(DispatchRow.init)
        self.init(
            roster: try Roster(database, warn: warn),
            incidents: incidents,
            records: rows.map {
                DispatcherSnapshot.Record(
                    dispatch: $0.dispatch,
                    delivery: $0.delivery,
                    cancellation: $0.cancellation
                )
            },
            acknowledgements: try Self.acknowledgements(database, of: held),
            pasts: incidents.contains { $0.modification > 0 } ? try Self.pasts(database) : [:],
            nextNumber: (last ?? 0) + 1,
            archived: archived.intersection(incidents.map(\.number))
        )
    }

    private static func acknowledgements(
        _ database: Database,
        of incidents: [Incident.Number]
    ) throws -> [Acknowledgement] {
        let rows = try Cursor(
            database,
            TableWriter.acknowledgements.selection
                + " WHERE incident IN (SELECT value FROM json_each(?)) ORDER BY incident, customer, modification",
            ["\(incidents)"]
        )
        var acknowledgements: [Acknowledgement] = []
        while try rows.next() {
            acknowledgements.append(
                Acknowledgement(
                    incident: rows.integer(0),
                    customer: rows.integer(1),
                    modification: rows.integer(2),
                    at: rows.timestamp(3),
                    by: rows.text(4),
                    statedTime: rows.textIfAny(5),
                    optsOut: rows.integer(6) != 0,
                    isLate: rows.integer(7) != 0
                )
            )
        }
        return acknowledgements
    }

    /// What modified incidents were before, which the journal alone tells.
    private static func pasts(_ database: Database) throws -> [Incident.Number: IncidentPast] {
        let rows = try Cursor(
            database,
            // The journal once, in order, and not once for each incident.
            """
            SELECT r.incident, r.at, c.at, c.detail
            FROM journal r CROSS JOIN incidents i ON i.number = r.incident JOIN journal c ON c.sequence = r.cause
            WHERE r.kind = '\(JournalKind.incidentRecorded.name)' AND r.modification < i.modification ORDER BY r.sequence
            """
        )
        var pasts: [Incident.Number: IncidentPast] = [:]
        while try rows.next() {
            let number = rows.integer(0)
            if pasts[number] == nil {
                let row = JournalRow(at: rows.timestamp(2), .incidentRequested, detail: rows.text(3))
                guard case .incidentRequested(let request, _) = try row.input(format: JournalFormat.current) else {
                    continue
                }
                pasts[number] = IncidentPast(request: request, announcements: [])
            }
            pasts[number]?.announcements.append(rows.timestamp(1))
        }
        return pasts
    }
}

extension Incident {
    init(_ row: Row) throws {
        guard let id = UniqueID(row["id"] as String), let correlation = UniqueID(row["correlation"] as String) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an incident has an id that is not a UUID")
        }
        self.init(
            number: row["number"],
            id: id,
            correlation: correlation,
            program: row["program"],
            eventType: row["event_type"],
            period: Incident.Period(
                start: Timestamp(microseconds: row["starts_at"]),
                end: (row["ends_at"] as Int64?).map(Timestamp.init(microseconds:)),
                startText: row["start_time"],
                endText: row["end_time"]
            ),
            isTest: row["test"],
            modification: row["modification"],
            createdAt: Timestamp(microseconds: row["created_at"]),
            announcedAt: Timestamp(microseconds: row["announced_at"]),
            cancelledAt: (row["cancelled_at"] as Int64?).map(Timestamp.init(microseconds:))
        )
    }
}
