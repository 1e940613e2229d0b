/// Somebody enrolled in a program, with the ways to reach them in order of preference.
public struct Customer: Hashable, Sendable, Codable {
    public typealias ID = Int

    public var id: ID
    public var name: String
    public var address: String
    public var phone: String
    public var email: String
    public var program: Program.ID
    /// Which part of the program's customers it belongs to, as a zone; `nil`: to none.
    public var group: String?
    public var methods: [DispatchMethod]

    public init(
        id: ID,
        name: String,
        address: String = "",
        phone: String = "",
        email: String = "",
        program: Program.ID,
        group: String? = nil,
        methods: [DispatchMethod]
    ) {
        self.id = id
        self.name = name
        self.address = address
        self.phone = phone
        self.email = email
        self.program = program
        self.group = group
        self.methods = methods
    }
}

extension Customer {
    /// Whether a group can be called so: letters, digits, '.', '_' and '-', at most 100 of them, as labels can name it.
    public static func isGroupName(_ text: some StringProtocol) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

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
            group: try container.decodeIfPresent(String.self, forKey: .group),
            methods: DispatchMethod.methods(ofTypes: try container.decode([Int].self, forKey: .methods)) { number in
                warning?(id, number)
            }
        )
    }
}

extension CodingUserInfoKey {
    public static let unknownTypeWarning = CodingUserInfoKey(rawValue: "griddrill.unknown-type-warning")
}
