internal import Base
public import DemandResponse
internal import GRDB

extension DispatchDatabase {
    /// - Parameter warn: told of each dispatch type that this version does not know, and leaves out.
    public func readRoster(
        warn: Customer.UnknownTypeWarning = { _, _ in }
    ) throws(StoreError) -> Roster {
        try storing(path) { try writer.read { try Self.roster($0, warn: warn) } }
    }

    static func roster(_ database: Database, warn: Customer.UnknownTypeWarning) throws -> Roster {
        Roster(
            programs: try Row.fetchAll(database, sql: "SELECT * FROM programs ORDER BY id").map(program),
            customers: try Row.fetchAll(database, sql: "SELECT * FROM customers ORDER BY id").map { row in
                customer(row, warn: warn)
            }
        )
    }

    public func readProgram(_ id: Program.ID) throws(StoreError) -> Program? {
        try storing(path) {
            try writer.read { database in
                try Row.fetchOne(database, sql: "SELECT * FROM programs WHERE id = ?", arguments: [id]).map(
                    Self.program
                )
            }
        }
    }

    public func readCustomer(_ id: Customer.ID) throws(StoreError) -> Customer? {
        try storing(path) {
            try writer.read { database in
                try Row.fetchOne(database, sql: "SELECT * FROM customers WHERE id = ?", arguments: [id])
                    .map { Self.customer($0) }
            }
        }
    }

    public func readCustomers(of program: Program.ID) throws(StoreError) -> [Customer] {
        try storing(path) {
            try writer.read { database in
                try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM customers WHERE program = ? ORDER BY id",
                    arguments: [program]
                ).map { Self.customer($0) }
            }
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
}
