public import DemandResponse
internal import GRDB

extension DispatchDatabase {
    public func readRoster() throws(StoreError) -> Roster {
        try storing(path) {
            try writer.read { database in
                Roster(
                    programs: try Row.fetchAll(database, sql: "SELECT * FROM programs ORDER BY id").map(Self.program),
                    customers: try Row.fetchAll(database, sql: "SELECT * FROM customers ORDER BY id").map(Self.customer)
                )
            }
        }
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
                    .map(Self.customer)
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
                ).map(Self.customer)
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

    static func customer(_ row: Row) -> Customer {
        let types: String = row["dispatch_types"]
        return Customer(
            id: row["id"],
            name: row["name"],
            address: row["address"],
            phone: row["phone"],
            email: row["email"],
            program: row["program"],
            methods: types.split { !$0.isNumber }.compactMap { Int($0).flatMap(DispatchMethod.init(rawValue:)) }
        )
    }
}
