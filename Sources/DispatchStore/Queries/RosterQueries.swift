internal import Base
public import DemandResponse
internal import GRDB

extension DispatchDatabase {
    /// - Parameter warn: told of each dispatch type that this version does not know, and leaves out.
    public func readRoster(
        warn: Customer.UnknownTypeWarning = { _, _ in }
    ) throws(StoreError) -> Roster {
        try reading { try Self.roster($0, warn: warn) }
    }

    static func roster(_ database: Database, warn: Customer.UnknownTypeWarning) throws -> Roster {
        Roster(
            programs: try Row.fetchAll(database, sql: TableWriter.programs.selection + " ORDER BY id").map(program),
            customers: try Row.fetchAll(database, sql: TableWriter.customers.selection + " ORDER BY id").map { row in
                customer(row, warn: warn)
            }
        )
    }

    public func readProgram(_ id: Program.ID) throws(StoreError) -> Program? {
        try reading { database in
            try Row.fetchOne(database, sql: TableWriter.programs.selection + " WHERE id = ?", arguments: [id]).map(
                Self.program
            )
        }
    }

    public func readCustomer(_ id: Customer.ID) throws(StoreError) -> Customer? {
        try reading { database in
            try Row.fetchOne(database, sql: TableWriter.customers.selection + " WHERE id = ?", arguments: [id])
                .map { Self.customer($0) }
        }
    }

    public func readCustomers(of program: Program.ID) throws(StoreError) -> [Customer] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: TableWriter.customers.selection + " WHERE program = ? ORDER BY id",
                arguments: [program]
            ).map { Self.customer($0) }
        }
    }

    static func program(_ row: Row) -> Program {
        Program(
            id: row["id"],
            name: row["name"],
            timeZone: row["time_zone"],
            acknowledgeWithin: (row["acknowledge_within"] as Int64?).map(Span.init(microseconds:)),
            messageTemplate: row["message"]
        )
    }

    static func customer(_ row: Row, warn: (Customer.ID, Int) -> Void = { _, _ in }) -> Customer {
        let types: String = row["dispatch_types"]
        let id: Customer.ID = row["id"]
        return Customer(
            id: id,
            name: row["name"],
            address: row["address"],
            phone: row["phone"],
            email: row["email"],
            program: row["program"],
            methods: DispatchMethod.methods(ofTypes: types.split { !$0.isNumber }.compactMap { Int($0) }) {
                warn(id, $0)
            }
        )
    }

    /// The programs alone, ascending by id: what a report needs of a roster that may have many customers.
    public func readPrograms() throws(StoreError) -> [Program] {
        try reading { database in
            try Row.fetchAll(database, sql: TableWriter.programs.selection + " ORDER BY id").map(Self.program)
        }
    }
}

/// A program and how many customers are enrolled in it.
public struct ProgramRow: Sendable {
    public var program: Program
    public var customerCount: Int
}

extension DispatchDatabase {
    /// Programs, ascending by id.
    /// - Parameter after: the id of the last one of the page before.
    public func readPrograms(after: Program.ID? = nil, limit: Int) throws(StoreError) -> Page<ProgramRow> {
        try reading { database in
            let counts = try Row.fetchAll(database, sql: "SELECT program, count(*) AS n FROM customers GROUP BY 1")
                .reduce(into: [Program.ID: Int]()) { $0[$1["program"]] = $1["n"] }
            let rows = try Row.fetchAll(
                database,
                sql: TableWriter.programs.selection + " WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [after ?? .min, limit + 1]
            )
            return Page(
                rows.map(Self.program).map { ProgramRow(program: $0, customerCount: counts[$0.id] ?? 0) },
                limit: limit
            )
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
        try reading { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    \(TableWriter.customers.selection) WHERE id > ? AND (? IS NULL OR program = ?) ORDER BY id LIMIT ?
                    """,
                arguments: [after ?? .min, program, program, limit + 1]
            )
            return Page(rows.map { Self.customer($0) }, limit: limit)
        }
    }
}
