internal import DemandResponse
internal import DispatchServer
internal import DispatchStore

/// The bearer tokens of everybody who is to come in: made through the store, as `griddrill token create` does one by one.
struct Keyring {
    let `operator`: String
    /// At a customer's id less one.
    private let customers: [String]

    /// Makes them in the database of a server that is not running yet.
    init(customers count: Int, database path: String) throws {
        var entropy = SystemRandomNumberGenerator()
        let now = WallClock().now()
        var rows: [AccessToken] = []
        func token(_ name: String, _ role: AccessRole) -> String {
            let token = BearerToken(using: &entropy)
            rows.append(token.stored(name: name, role: role, createdAt: now))
            return token.text
        }
        let desk = token("desk", .operator)
        customers = (1...count).map { token("home \($0)", .customer($0)) }
        `operator` = desk
        let database = try ServerDatabase.open(at: path)
        try database.add(rows)
        try database.close()
    }

    func token(ofCustomer customer: Int) -> String { customers[customer - 1] }
}
