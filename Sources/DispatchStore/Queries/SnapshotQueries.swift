public import Base
public import DemandResponse
internal import GRDB
internal import Journal

extension DispatchDatabase {
    /// Everything that a dispatcher needs to go on where the last process stopped.
    /// - Parameter warn: told of each dispatch type that this version does not know, and leaves out.
    public func readSnapshot(
        warn: Customer.UnknownTypeWarning = { _, _ in }
    ) throws(StoreError) -> DispatcherSnapshot {
        try reading { try Self.snapshot($0, warn: warn) }
    }

    static func snapshot(_ database: Database, warn: Customer.UnknownTypeWarning) throws -> DispatcherSnapshot {
        let incidents = try Row.fetchAll(database, sql: TableWriter.incidents.selection + " ORDER BY number").map(
            incident
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
            sql: rowSQL
                + " WHERE d.incident IN (SELECT value FROM json_each(?)) ORDER BY d.incident, d.customer, d.position",
            arguments: ["\(held)"]
        ).map(dispatchRow)
        return DispatcherSnapshot(
            roster: try roster(database, warn: warn),
            incidents: incidents,
            records: rows.map {
                DispatcherSnapshot.Record(
                    dispatch: $0.dispatch,
                    delivery: $0.delivery,
                    cancellation: $0.cancellation
                )
            },
            acknowledgements: try acknowledgements(database, of: held),
            pasts: incidents.contains { $0.modification > 0 } ? try pasts(database) : [:],
            nextNumber: (last ?? 0) + 1,
            archived: archived.intersection(incidents.map(\.number))
        )
    }

    /// Every incident as it is now, ascending by number.
    public func readIncidents() throws(StoreError) -> [Incident] {
        try reading { database in
            try Row.fetchAll(database, sql: TableWriter.incidents.selection + " ORDER BY number").map(Self.incident)
        }
    }

    public func readIncident(_ id: UniqueID) throws(StoreError) -> Incident? {
        try reading { database in
            try Row.fetchOne(
                database,
                sql: TableWriter.incidents.selection + " WHERE id = ?",
                arguments: [id.description]
            )
            .map(Self.incident)
        }
    }

    /// The number of each incident, by its id.
    public func readIncidentNumbers() throws(StoreError) -> [UniqueID: Incident.Number] {
        try reading { database in
            let rows = try Cursor(database, "SELECT id, number FROM incidents ORDER BY number")
            var numbers: [UniqueID: Incident.Number] = [:]
            while try rows.next() {
                if let id = UniqueID(rows.text(0)) { numbers[id] = rows.integer(1) }
            }
            return numbers
        }
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

    static func incident(_ row: Row) throws -> Incident {
        guard let id = UniqueID(row["id"] as String), let correlation = UniqueID(row["correlation"] as String) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an incident has an id that is not a UUID")
        }
        return Incident(
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

extension DispatchDatabase {
    /// Whether nothing has happened in this database yet.
    public func isNew() throws(StoreError) -> Bool {
        try reading { try Int.fetchOne($0, sql: "SELECT 1 FROM journal LIMIT 1") == nil }
    }
}
