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
