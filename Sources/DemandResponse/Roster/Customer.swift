/// Somebody enrolled in a program, with the ways to reach them in order of preference.
public struct Customer: Hashable, Sendable, Codable {
    public typealias ID = Int

    public var id: ID
    public var name: String
    public var address: String
    public var phone: String
    public var email: String
    public var program: Program.ID
    public var methods: [DispatchMethod]

    public init(
        id: ID,
        name: String,
        address: String = "",
        phone: String = "",
        email: String = "",
        program: Program.ID,
        methods: [DispatchMethod]
    ) {
        self.id = id
        self.name = name
        self.address = address
        self.phone = phone
        self.email = email
        self.program = program
        self.methods = methods
    }
}

extension Customer {
    /// Where a carrier finds the customer: an address or a number, or nothing for methods that need neither; `nil` if the roster
    /// has none.
    public func destination(of method: DispatchMethod) -> String? {
        let destination: String
        switch method {
        case .email: destination = email
        case .text, .voice: destination = phone
        case .webhook, .websocket: return ""
        }
        return destination.allSatisfy(\.isWhitespace) ? nil : destination
    }

    /// Told of each number of a `dispatchTypes` that names no method: such numbers are left out.
    public typealias UnknownTypeWarning = @Sendable (Customer.ID, Int) -> Void

    /// A decoder's `userInfo` may hold an `UnknownTypeWarning` under `unknownTypeWarning`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = try container.decode(ID.self, forKey: .id)
        let warning = CodingUserInfoKey.unknownTypeWarning.flatMap { decoder.userInfo[$0] as? UnknownTypeWarning }
        self.init(
            id: id,
            name: try container.decode(String.self, forKey: .name),
            address: try container.decode(String.self, forKey: .address),
            phone: try container.decode(String.self, forKey: .phone),
            email: try container.decode(String.self, forKey: .email),
            program: try container.decode(Program.ID.self, forKey: .program),
            methods: DispatchMethod.methods(ofTypes: try container.decode([Int].self, forKey: .methods)) { number in
                warning?(id, number)
            }
        )
    }
}

extension CodingUserInfoKey {
    public static let unknownTypeWarning = CodingUserInfoKey(rawValue: "griddrill.unknown-type-warning")
}
