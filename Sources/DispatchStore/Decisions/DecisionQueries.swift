public import Base
public import DemandResponse
internal import GRDB
internal import Journal

extension DispatchDatabase {
    /// Of each dispatch record that some method has: when its method took the present modification, by the record itself.
    public func forEachSentTime(_ body: (DispatchKey, Timestamp?) -> Void) throws(StoreError) {
        try reading { database in
            let rows = try Cursor(database, "SELECT incident, customer, method, sent_at FROM dispatches")
            while try rows.next() {
                let key = DispatchKey(incident: rows.integer(0), customer: rows.integer(1), method: rows.method(2))
                body(key, rows.timestampIfAny(3))
            }
        }
    }

    /// Names of the customers as the roster last had them.
    public func readCustomerNames() throws(StoreError) -> [Customer.ID: String] {
        try reading { database in
            let rows = try Cursor(database, "SELECT id, name FROM customers")
            var names: [Customer.ID: String] = [:]
            while try rows.next() { names[rows.integer(0)] = rows.text(1) }
            return names
        }
    }

    /// Which customers' clients saw that an incident was cancelled.
    public func readToldOfCancellation() throws(StoreError) -> [Incident.Number: Set<Customer.ID>] {
        try reading { database in
            let rows = try Cursor(
                database,
                """
                SELECT incident, customer FROM observations
                WHERE kind = '\(Observation.Kind.told.name)' AND incident IN (SELECT number FROM incidents WHERE cancelled_at IS NOT NULL)
                    AND detail = 'cancelled'
                """
            )
            var told: [Incident.Number: Set<Customer.ID>] = [:]
            while try rows.next() { told[rows.integer(0), default: []].insert(rows.integer(1)) }
            return told
        }
    }
}
