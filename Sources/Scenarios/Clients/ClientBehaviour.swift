public import DemandResponse

/// How one customer's client behaves, every key decided.
public struct ClientBehaviour: Sendable, Equatable {
    public var connects: Connects
    public var link: Link
    public var acknowledges: Acknowledges
    public var disconnects: [Disconnection]

    public init(
        connects: Connects,
        link: Link = Link(),
        acknowledges: Acknowledges = .never,
        disconnects: [Disconnection] = []
    ) {
        self.connects = connects
        self.link = link
        self.acknowledges = acknowledges
        self.disconnects = disconnects
    }

    /// What a customer does that no rule names: whoever is reached by websocket connects at the start.
    public static func standard(for customer: Customer, starts: Timestamp) -> ClientBehaviour {
        let connects = customer.methods.contains(.websocket)
        return ClientBehaviour(connects: connects ? .at(starts, spread: .none, share: .all) : .never)
    }

    mutating func apply(_ rule: ClientRule) {
        if let connects = rule.connects { self.connects = connects }
        if let link = rule.link { self.link = link }
        if let acknowledges = rule.acknowledges { self.acknowledges = acknowledges }
        if let disconnects = rule.disconnects { self.disconnects = disconnects }
    }
}

extension Scenario {
    /// Every customer in ascending order of id, with what all the rules amount to.
    ///
    /// Takes time in proportion to the customers that each rule names, not to customers times rules.
    public func behaviours() -> [(customer: Customer, behaviour: ClientBehaviour)] {
        let index = CustomerIndex(roster)
        var all = roster.customers.map { ($0, ClientBehaviour.standard(for: $0, starts: starts)) }
        for rule in clients {
            index.forEach(rule.of) { all[$0].1.apply(rule) }
        }
        return all
    }
}
