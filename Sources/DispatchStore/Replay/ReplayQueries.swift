public import DemandResponse
internal import GRDB

extension DispatchDatabase {
    /// The formats in which the journal is written; `nil` where it is empty.
    /// - Throws: `StoreError` for a format that only a newer version knows.
    public func readJournalFormats() throws(StoreError) -> ClosedRange<Int>? {
        try storing(path) {
            try writer.read { database in
                guard let first = try Int.fetchOne(database, sql: "SELECT min(sequence) FROM journal") else {
                    return nil
                }
                let sections = try JournalSection.all(database)
                _ = try JournalScan(sections, path: path)
                let formats = sections.map(\.format) + (sections.first?.first == first ? [] : [JournalFormat.first])
                return (formats.min() ?? JournalFormat.first)...(formats.max() ?? JournalFormat.first)
            }
        }
    }

    /// The inputs up to one that led to what is said of a customer in an incident: those about the incident, the customer's own
    /// sessions and answers, reports of deliveries to it, and the roster.
    /// - Parameter limit: how many: the incident's own, and the latest of the others.
    public func readInputs(
        leadingTo sequence: Int,
        incident: Incident.Number?,
        customer: Customer.ID?,
        limit: Int
    ) throws(StoreError) -> [JournalInput] {
        try storing(path) {
            try writer.read { database in
                let rows = try Cursor(
                    database,
                    """
                    SELECT \(JournalRow.columns) FROM journal
                    WHERE sequence = \(sequence) OR sequence IN (
                        SELECT coalesce(cause, sequence) FROM journal
                        WHERE sequence <= \(sequence) AND (
                            incident = \(incident ?? -1) AND (customer = \(customer ?? -1) OR kind = 'incident.recorded')
                            OR kind IN ('session.joined', 'room.entered') AND customer = \(customer ?? -1)
                            OR kind IN ('started', 'roster.replaced', 'purged')
                        ))
                    ORDER BY kind IN ('incident.requested', 'incident.changed', 'incident.cancelled') DESC,
                        sequence DESC LIMIT \(limit)
                    """
                )
                var inputs: [JournalInput] = []
                while try rows.next() {
                    do throws(JournalDamage) {
                        inputs.append(try JournalInput(JournalRow(rows), sequence: rows.integer(0), about: customer))
                    } catch {
                        throw StoreError(.damaged, path: path, "row \(rows.integer(0)) of the journal \(error.what)")
                    }
                }
                return inputs.sorted { $0.sequence < $1.sequence }
            }
        }
    }

    /// The text of a dispatch's message, by its digest, if the record still has it.
    public func readMessage(digest: Int64, incident: Incident.Number) throws(StoreError) -> String? {
        try storing(path) {
            try writer.read { database in
                let texts = try String.fetchAll(
                    database,
                    sql: "SELECT DISTINCT message FROM dispatches WHERE incident = ?",
                    arguments: [incident]
                )
                return texts.lazy.flatMap { [$0, Outgoing.text(.cancellation, of: $0)] }.first {
                    contentDigest(of: $0) == digest
                }
            }
        }
    }
}
