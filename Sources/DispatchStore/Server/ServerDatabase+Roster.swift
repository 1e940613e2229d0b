internal import Base
public import DemandResponse
internal import GRDB
public import Journal

extension Roster {
    init(_ database: Database, warn: Customer.UnknownTypeWarning = { _, _ in }) throws {
        self.init(
            programs: try Program.all(database),
            customers: try Row.fetchAll(database, sql: TableWriter.customers.selection + " ORDER BY id").map { row in
                Customer(row, warn: warn)
            }
        )
    }
}

extension Program {
    init(_ row: Row) {
        self.init(
            id: row["id"],
            name: row["name"],
            timeZone: row["time_zone"],
            acknowledgeWithin: (row["acknowledge_within"] as Int64?).map(Span.init(microseconds:)),
            messageTemplate: row["message"]
        )
    }

    /// Ascending by id.
    static func all(_ database: Database) throws -> [Program] {
        try Row.fetchAll(database, sql: TableWriter.programs.selection + " ORDER BY id").map(Program.init)
    }
}

extension Customer {
    init(_ row: Row, warn: (Customer.ID, Int) -> Void = { _, _ in }) {
        let types: String = row["dispatch_types"]
        let id: Customer.ID = row["id"]
        self.init(
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
}

extension ServerDatabase {
    public func readRoster() throws(StoreError) -> Roster { try file.read { try Roster($0) } }

    public func readPrograms() throws(StoreError) -> [Program] { try file.read(Program.all) }

    public func readProgram(_ id: Program.ID) throws(StoreError) -> Program? {
        try file.read { database in
            try Row.fetchOne(database, sql: TableWriter.programs.selection + " WHERE id = ?", arguments: [id]).map(
                Program.init
            )
        }
    }

    public func readCustomer(_ id: Customer.ID) throws(StoreError) -> Customer? {
        try file.read { database in
            try Row.fetchOne(database, sql: TableWriter.customers.selection + " WHERE id = ?", arguments: [id])
                .map { Customer($0) }
        }
    }

    public func readCustomers(of program: Program.ID) throws(StoreError) -> [Customer] {
        try file.read { database in
            try Row.fetchAll(
                database,
                sql: TableWriter.customers.selection + " WHERE program = ? ORDER BY id",
                arguments: [program]
            ).map { Customer($0) }
        }
    }
}

/// A program and how many customers are enrolled in it.
public struct ProgramRow: Sendable {
    public var program: Program
    public var customerCount: Int
}

extension ServerDatabase {
    /// Programs, ascending by id.
    /// - Parameter after: the id of the last one of the page before.
    public func readPrograms(after: Program.ID? = nil, limit: Int) throws(StoreError) -> Page<ProgramRow> {
        try file.read { database in
            let counts = try Row.fetchAll(database, sql: "SELECT program, count(*) AS n FROM customers GROUP BY 1")
                .reduce(into: [Program.ID: Int]()) { $0[$1["program"]] = $1["n"] }
            let rows = try Row.fetchAll(
                database,
                sql: TableWriter.programs.selection + " WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [after ?? .min, limit + 1]
            )
            return Page(
                rows.map(Program.init).map { ProgramRow(program: $0, customerCount: counts[$0.id] ?? 0) },
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
        try file.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    \(TableWriter.customers.selection) WHERE id > ? AND (? IS NULL OR program = ?) ORDER BY id LIMIT ?
                    """,
                arguments: [after ?? .min, program, program, limit + 1]
            )
            return Page(rows.map { Customer($0) }, limit: limit)
        }
    }
}
