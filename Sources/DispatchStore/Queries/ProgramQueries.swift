public import DemandResponse
internal import GRDB

extension DispatchDatabase {
    /// The programs alone, ascending by id: what a report needs of a roster that may have many customers.
    public func readPrograms() throws(StoreError) -> [Program] {
        try storing(path) {
            try writer.read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM programs ORDER BY id").map(Self.program)
            }
        }
    }
}
