public import Base
public import DemandResponse
internal import GRDB
public import Journal

extension RunRecord {
    /// Of each dispatch record that some method has: when its method took the present modification, by the record itself.
    public func forEachSentTime(_ body: (DispatchKey, Timestamp?) -> Void) throws(StoreError) {
        try file.read { database in
            let rows = try Cursor<DispatchRow.Column>(
                database,
                "SELECT incident, customer, method, sent_at FROM dispatches"
            )
            while try rows.next() { body(rows.key, rows[.sentAt]) }
        }
    }

    /// Names of the customers as the roster last had them.
    public func readCustomerNames() throws(StoreError) -> [Customer.ID: String] {
        try file.read { database in
            let rows = try Cursor<Customer.Column>(database, "SELECT id, name FROM customers")
            var names: [Customer.ID: String] = [:]
            while try rows.next() { names[rows[.id]] = rows[.name] }
            return names
        }
    }

    /// Which customers' clients saw that an incident was cancelled, or recalled.
    public func readTold(of closing: Closing.Kind) throws(StoreError) -> [Incident.Number: Set<Customer.ID>] {
        try file.read { database in
            let rows = try Cursor<Observation.Column>(
                database,
                """
                SELECT incident, customer FROM observations
                WHERE kind = '\(Observation.Kind.told.name)' AND incident IN (SELECT number FROM incidents)
                    AND detail = '\(closing.done)'
                """
            )
            var told: [Incident.Number: Set<Customer.ID>] = [:]
            while try rows.next() { told[rows[.incident], default: []].insert(rows[.customer]) }
            return told
        }
    }

    /// Every incident as it is now, ascending by number.
    public func readIncidents() throws(StoreError) -> [Incident] {
        try file.rows("ORDER BY number", [], Incident.init)
    }

    /// The number of each incident, by its id.
    public func readIncidentNumbers() throws(StoreError) -> [UniqueID: Incident.Number] {
        try file.read { database in
            let rows = try Cursor<Incident.Column>(database, "SELECT id, number FROM incidents ORDER BY number")
            var numbers: [UniqueID: Incident.Number] = [:]
            while try rows.next() {
                if let id = UniqueID(rows[.id] as String) { numbers[id] = rows[.number] }
            }
            return numbers
        }
    }

    public func readRoster() throws(StoreError) -> Roster { try file.read { try Roster($0) } }

    /// The programs alone, ascending by id: what a report needs of a roster that may have many customers.
    public func readPrograms() throws(StoreError) -> [Program] { try file.read(Program.all) }
}
