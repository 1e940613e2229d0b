internal import Base
internal import DemandResponse
internal import Foundation
internal import GRDB
internal import Journal

extension DispatcherSnapshot {
    /// What was committed, as the tables and, where they do not tell, the journal have it.
    init(_ database: Database, warn: Customer.UnknownTypeWarning = { _, _ in }) throws {
        let incidents = try Cursor(database, Incident.Column.selection + " ORDER BY number").map(Incident.init)
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
        let rows = try Cursor(
            database,
            DispatchRow.selection
                + " WHERE d.incident IN (SELECT value FROM json_each(?)) ORDER BY d.incident, d.customer, d.position",
            ["\(held)"]
        ).map(DispatchRow.init)
        self.init(
            roster: try Roster(database, warn: warn),
            incidents: incidents,
            records: rows.map {
                DispatcherSnapshot.Record(
                    dispatch: $0.dispatch,
                    delivery: $0.delivery,
                    closing: $0.closing
                )
            },
            acknowledgements: try Self.acknowledgements(database, of: held),
            pasts: incidents.contains { $0.modification > 0 } ? try Self.pasts(database) : [:],
            nextNumber: (last ?? 0) + 1,
            archived: archived.intersection(incidents.map(\.number)),
            called: try Self.called(database, archived)
        )
    }

    /// Whom archived incidents called whose programs count each customer's own events.
    private static func called(
        _ database: Database,
        _ archived: Set<Incident.Number>
    ) throws -> [Incident.Number: [Customer.ID]] {
        let programs = try Program.all(database).filter { $0.rules?.limits.of == .customer }.map(\.id)
        guard !programs.isEmpty, !archived.isEmpty else { return [:] }
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT incident, customer FROM dispatches WHERE incident IN (SELECT value FROM json_each(?))
                    AND program IN (SELECT value FROM json_each(?)) ORDER BY 1, 2
                """,
            arguments: ["\(archived.sorted())", "\(programs)"]
        )
        return rows.reduce(into: [:]) { $0[$1["incident"], default: []].append($1["customer"]) }
    }

    private static func acknowledgements(
        _ database: Database,
        of incidents: [Incident.Number]
    ) throws -> [Acknowledgement] {
        try Cursor<Acknowledgement.Column>(
            database,
            Acknowledgement.Column.selection
                + " WHERE incident IN (SELECT value FROM json_each(?)) ORDER BY incident, customer, modification",
            ["\(incidents)"]
        ).map { row in
            Acknowledgement(
                incident: row[.incident],
                customer: row[.customer],
                modification: row[.modification],
                at: row[.at],
                firstAt: row[.firstAt],
                by: row[.by],
                statedTime: row[.statedAt],
                optsOut: row[.optedOut],
                isWithdrawal: row[.withdrawn],
                isLate: row[.late]
            )
        }
    }

    /// What modified incidents were before, which the journal alone tells.
    private static func pasts(_ database: Database) throws -> [Incident.Number: IncidentPast] {
        let rows = try Cursor<PastColumn>(
            database,
            // The journal once, in order, and not once for each incident.
            """
            SELECT r.incident, r.at AS announced_at, c.at AS requested_at, c.detail
            FROM journal r CROSS JOIN incidents i ON i.number = r.incident JOIN journal c ON c.sequence = r.cause
            WHERE r.kind = '\(JournalKind.incidentRecorded.name)' AND r.modification < i.modification ORDER BY r.sequence
            """
        )
        var pasts: [Incident.Number: IncidentPast] = [:]
        while try rows.next() {
            let number: Int = rows[.incident]
            if pasts[number] == nil {
                let row = JournalRow(at: rows[.requestedAt], .incidentRequested, detail: rows[.detail])
                guard case .incidentRequested(let request, _) = try row.input(format: JournalFormat.current) else {
                    continue
                }
                pasts[number] = IncidentPast(request: request, announcements: [])
            }
            pasts[number]?.announcements.append(rows[.announcedAt])
        }
        return pasts
    }

    private enum PastColumn: Int, ColumnName { case incident, announcedAt, requestedAt, detail }
}

extension Incident {
    init(_ row: Cursor<Column>) throws {
        guard let id = UniqueID(row[.id] as String), let correlation = UniqueID(row[.correlation] as String) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an incident has an id that is not a UUID")
        }
        self.init(
            number: row[.number],
            id: id,
            correlation: correlation,
            program: row[.program],
            groups: try Self.groups(row[.groupNames]),
            eventType: row[.eventType],
            period: Incident.Period(
                start: row[.startsAt],
                end: row[.endsAt],
                startText: row[.startTime],
                endText: row[.endTime]
            ),
            isTest: row[.test],
            modification: row[.modification],
            createdAt: row[.createdAt],
            announcedAt: row[.announcedAt],
            closing: Closing(row),
            lifted: try (row[.lifted] as String?).map {
                try Stored.value(LiftedRules.self, $0, "an incident has lifted rules")
            }
        )
    }

    private static func groups(_ text: String?) throws -> [String] {
        try text.map { try Stored.value([String].self, $0, "an incident has groups") } ?? []
    }

    /// `nil` for an unknown one.
    static func find(_ id: UniqueID, _ database: Database) throws -> Incident? {
        try Cursor(database, Column.selection + " WHERE id = ?", [id.description]).first(Incident.init)
    }
}

/// What stands in a column as JSON.
enum Stored {
    /// - Parameter whose: with a verb, as `an incident has groups`.
    static func value<Value: Decodable>(_ type: Value.Type, _ text: String, _ whose: String) throws -> Value {
        guard let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(whose) that cannot be read")
        }
        return value
    }
}

extension Closing {
    fileprivate init?(_ row: Cursor<Incident.Column>) {
        let isAfterNotice = (row[.unnoticed] as Int?) == nil
        if let at: Timestamp = row[.cancelledAt] {
            self.init(.cancellation, at: at, isAfterNotice: isAfterNotice)
        } else if let at: Timestamp = row[.recalledAt] {
            self.init(.recall, at: at, isAfterNotice: isAfterNotice)
        } else {
            return nil
        }
    }
}
