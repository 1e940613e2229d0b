public import DemandResponse
internal import GRDB

extension DispatchDatabase {
    /// Everything that a dispatcher needs to go on where the last process stopped.
    public func readSnapshot() throws(StoreError) -> DispatcherSnapshot {
        let roster = try readRoster()
        return try storing(path) {
            try writer.read { database in
                let incidents = try Row.fetchAll(database, sql: "SELECT * FROM incidents ORDER BY number")
                    .map(Self.incident)
                let rows = try Row.fetchAll(database, sql: Self.rowSQL + " ORDER BY d.incident, d.customer, d.position")
                    .map(Self.dispatchRow)
                let last = try Int.fetchOne(
                    database,
                    sql: "SELECT max(incident) FROM journal WHERE kind = 'incident.recorded'"
                )
                return DispatcherSnapshot(
                    roster: roster,
                    incidents: incidents,
                    records: rows.map {
                        DispatcherSnapshot.Record(
                            dispatch: $0.dispatch,
                            delivery: $0.delivery,
                            cancellation: $0.cancellation
                        )
                    },
                    acknowledgements: try Self.acknowledgements(database),
                    nextNumber: (last ?? 0) + 1
                )
            }
        }
    }

    public func readIncident(_ id: UniqueID) throws(StoreError) -> Incident? {
        try storing(path) {
            try writer.read { database in
                try Row.fetchOne(database, sql: "SELECT * FROM incidents WHERE id = ?", arguments: [id.description])
                    .map(Self.incident)
            }
        }
    }

    /// The number of each incident, by its id.
    public func readIncidentNumbers() throws(StoreError) -> [UniqueID: Incident.Number] {
        try storing(path) {
            try writer.read { database in
                let rows = try Cursor(database, "SELECT id, number FROM incidents ORDER BY number")
                var numbers: [UniqueID: Incident.Number] = [:]
                while try rows.next() {
                    if let id = UniqueID(rows.text(0)) { numbers[id] = rows.integer(1) }
                }
                return numbers
            }
        }
    }

    private static func acknowledgements(_ database: Database) throws -> [Acknowledgement] {
        let rows = try Cursor(
            database,
            """
            SELECT a.incident, a.customer, a.modification, a.at, a.by, a.stated_at, a.opted_out, a.late
            FROM acknowledgements a ORDER BY a.incident, a.customer, a.modification
            """
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
        try storing(path) {
            try writer.read { try Int.fetchOne($0, sql: "SELECT 1 FROM journal LIMIT 1") == nil }
        }
    }
}
