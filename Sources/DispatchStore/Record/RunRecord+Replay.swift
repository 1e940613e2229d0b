internal import Base
public import DemandResponse
internal import GRDB
public import Journal
public import Measures

extension RunRecord {
    /// The formats in which the journal is written; `nil` where it is empty.
    /// - Throws: `StoreError` for a format that only a newer version knows.
    public func readJournalFormats() throws(StoreError) -> ClosedRange<Int>? {
        try file.read { database in
            guard let first = try Int.fetchOne(database, sql: "SELECT min(sequence) FROM journal") else {
                return nil
            }
            let sections = try JournalSection.all(database)
            _ = try JournalScan(sections, path: path)
            let formats = sections.map(\.format) + (sections.first?.first == first ? [] : [JournalFormat.first])
            return (formats.min() ?? JournalFormat.first)...(formats.max() ?? JournalFormat.first)
        }
    }

    /// The inputs up to one that led to what is said of a customer in an incident: those about the incident, the customer's own
    /// sessions and answers, reports of deliveries to it, and the roster; without their effects.
    /// - Parameter limit: how many: the incident's own, and the latest of the others.
    public func readInputs(
        leadingTo sequence: Int,
        incident: Incident.Number?,
        customer: Customer.ID?,
        limit: Int
    ) throws(StoreError) -> [JournalStep] {
        try file.read { database in
            let (incident, customer) = (incident ?? -1, customer ?? -1)
            let rows = try Cursor<JournalRow.Column>(
                database,
                JournalRow.Column.selection + """
                     WHERE sequence = \(sequence) OR sequence IN (
                        SELECT coalesce(cause, sequence) FROM journal
                        WHERE sequence <= \(sequence) AND (
                            incident = \(incident)
                                AND (customer = \(customer) OR kind = '\(JournalKind.incidentRecorded.name)')
                            OR kind IN \(JournalKind.list(.sessionJoined, .roomEntered)) AND customer = \(customer)
                            OR kind IN \(JournalKind.list(.started, .rosterReplaced, .purged))
                        ))
                    ORDER BY kind IN \(JournalKind.list(.incidentRequested, .incidentChanged, .incidentCancelled, .incidentRecalled)) DESC,
                        sequence DESC LIMIT \(limit)
                    """
            )
            return try rows.map { row in
                let sequence: Int = row[.sequence]
                // What can be read as the newest format is told from any.
                return try inRow(sequence, of: path) { () throws(JournalDamage) in
                    try JournalStep(JournalRow(row), sequence: sequence, format: JournalFormat.current)
                }
            }.sorted { $0.sequence < $1.sequence }
        }
    }

    /// The texts of an incident's messages, and of the news of its cancellation or recall, that the record still has, by their digests.
    public func readMessages(of incident: Incident.Number) throws(StoreError) -> [Int64: String] {
        try file.read { database in
            let texts = try String.fetchAll(
                database,
                sql: "SELECT DISTINCT message FROM dispatches WHERE incident = ?",
                arguments: [incident]
            ).flatMap { message in Outgoing.Kind.allCases.map { Outgoing.text($0, of: message) } }
            return Dictionary(texts.map { (contentDigest(of: $0), $0) }) { first, _ in first }
        }
    }

    /// The messages that the selected customers got, each different one once.
    public func readMessages(_ selection: Selection, _ history: History) throws(StoreError) -> [String] {
        try file.read { database in
            var conditions = ["1"]
            var arguments = StatementArguments()
            if let program = selection.program {
                conditions.append("program = ?")
                arguments += [program]
            }
            if let customer = selection.customer {
                conditions.append("customer = ?")
                arguments += [customer]
            }
            if let group = selection.group {
                conditions.append("customer IN (SELECT id FROM customers WHERE group_name = ?)")
                arguments += [group]
            }
            if let channel = selection.channel {
                conditions.append("method = ?")
                arguments += [channel.name]
            }
            if let name = selection.incident {
                let numbers = history.names.filter { $0.value == name }.keys.sorted()
                conditions.append("incident IN (\(numbers.map(String.init).joined(separator: ",")))")
            }
            return try String.fetchAll(
                database,
                sql: "SELECT DISTINCT message FROM dispatches WHERE \(conditions.joined(separator: " AND "))",
                arguments: arguments
            )
        }
    }
}
