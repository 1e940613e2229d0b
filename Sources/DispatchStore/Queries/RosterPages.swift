public import DemandResponse
internal import GRDB

/// A program and how many customers are enrolled in it.
public struct ProgramRow: Sendable {
    public var program: Program
    public var customerCount: Int
}

extension DispatchDatabase {
    /// Programs, ascending by id.
    /// - Parameter after: the id of the last one of the page before.
    public func readPrograms(after: Program.ID? = nil, limit: Int) throws(StoreError) -> Page<ProgramRow> {
        try storing(path) {
            try writer.read { database in
                let counts = try Row.fetchAll(database, sql: "SELECT program, count(*) AS n FROM customers GROUP BY 1")
                    .reduce(into: [Program.ID: Int]()) { $0[$1["program"]] = $1["n"] }
                let rows = try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM programs WHERE id > ? ORDER BY id LIMIT ?",
                    arguments: [after ?? .min, limit + 1]
                )
                return Page(
                    rows.map(Self.program).map { ProgramRow(program: $0, customerCount: counts[$0.id] ?? 0) },
                    limit: limit
                )
            }
        }
    }

    /// Customers, ascending by id.
    /// - Parameters:
    ///   - program: `nil` for all.
    ///   - after: the id of the last one of the page before.
    public func readCustomers(
        program: Program.ID? = nil,
        after: Customer.ID? = nil,
        limit: Int
    ) throws(StoreError) -> Page<Customer> {
        try storing(path) {
            try writer.read { database in
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT * FROM customers WHERE id > ? AND (? IS NULL OR program = ?) ORDER BY id LIMIT ?
                        """,
                    arguments: [after ?? .min, program, program, limit + 1]
                )
                return Page(rows.map { Self.customer($0) }, limit: limit)
            }
        }
    }
}
