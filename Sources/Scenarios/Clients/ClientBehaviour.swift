public import Base
public import DemandResponse

/// How one customer's client behaves, every key decided.
public struct ClientBehaviour: Sendable, Equatable {
    /// None: the client has no session of its own.
    public var connects: [Connection]
    public var link: Link
    /// None: it never answers. Of several that a dispatch could lead to, the first counts.
    public var acknowledges: [Answer]
    public var disconnects: [Disconnection]

    public init(
        connects: [Connection],
        link: Link = Link(),
        acknowledges: [Answer] = [],
        disconnects: [Disconnection] = []
    ) {
        self.connects = connects
        self.link = link
        self.acknowledges = acknowledges
        self.disconnects = disconnects
    }

    /// What a customer does that no rule names: whoever is reached by websocket connects at the start.
    public static func standard(for customer: Customer, starts: Timestamp) -> ClientBehaviour {
        ClientBehaviour(connects: customer.methods.contains(.websocket) ? [Connection(at: starts)] : [])
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
