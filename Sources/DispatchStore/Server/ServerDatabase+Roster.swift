internal import Base
public import DemandResponse
internal import GRDB
public import Journal

extension Roster {
    init(_ database: Database, warn: Customer.UnknownTypeWarning = { _, _ in }) throws {
        self.init(
            programs: try Program.all(database),
            customers: try Cursor(database, Customer.Column.selection + " ORDER BY id").map { Customer($0, warn: warn) }
        )
    }
}

extension Program {
    init(_ row: Cursor<Column>) throws {
        self.init(
            id: row[.id],
            name: row[.name],
            timeZone: row[.timeZone],
            acknowledgeWithin: row[.acknowledgeWithin],
            messageTemplate: row[.message],
            retries: Retries(row),
            rules: try (row[.rules] as String?).map { try Stored.value(ProgramRules.self, $0, "a program has rules") }
        )
    }

    /// Ascending by id.
    static func all(_ database: Database) throws -> [Program] {
        try Cursor(database, Column.selection + " ORDER BY id").map(Program.init)
    }
}

extension Retries {
    /// `nil` where the program says nothing.
    fileprivate init?(_ row: Cursor<Program.Column>) {
        self.init(times: row[.retryTimes], first: row[.retryFirst], atMost: row[.retryAtMost])
        if self == Retries() { return nil }
    }
}

extension Customer {
    init(_ row: Cursor<Column>, warn: (Customer.ID, Int) -> Void = { _, _ in }) {
        let types: String = row[.dispatchTypes]
        let id: Customer.ID = row[.id]
        self.init(
            id: id,
            name: row[.name],
            address: row[.address],
            phone: row[.phone],
            email: row[.email],
            program: row[.program],
            group: row[.groupName],
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
        try file.rows("WHERE id = ?", [id], Program.init).first
    }

    public func readCustomer(_ id: Customer.ID) throws(StoreError) -> Customer? {
        try file.rows("WHERE id = ?", [id]) { Customer($0) }.first
    }

    public func readCustomers(of program: Program.ID) throws(StoreError) -> [Customer] {
        try file.rows("WHERE program = ? ORDER BY id", [program]) { Customer($0) }
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
            let programs = try Cursor(
                database,
                Program.Column.selection + " WHERE id > ? ORDER BY id LIMIT ?",
                [after ?? .min, limit + 1]
            ).map(Program.init)
            return Page(
                programs.map { ProgramRow(program: $0, customerCount: counts[$0.id] ?? 0) },
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
        let customers = try file.rows(
            "WHERE id > ? AND (? IS NULL OR program = ?) ORDER BY id LIMIT ?",
            [after ?? .min, program, program, limit + 1]
        ) { Customer($0) }
        return Page(customers, limit: limit)
    }
}
