public import DemandResponse

/// How some of the people and machines at the other end behave; `nil`: this rule does not say.
///
/// Of several rules that name a customer the later one wins, key by key.
public struct ClientRule: Sendable, Equatable {
    public var of: CustomerSelector
    public var connects: [Connection]?
    public var link: Link?
    public var acknowledges: [Answer]?
    public var disconnects: [Disconnection]?

    public init(
        of: CustomerSelector,
        connects: [Connection]? = nil,
        link: Link? = nil,
        acknowledges: [Answer]? = nil,
        disconnects: [Disconnection]? = nil
    ) {
        self.of = of
        self.connects = connects
        self.link = link
        self.acknowledges = acknowledges
        self.disconnects = disconnects
    }
}

/// Whom a rule is about.
public enum CustomerSelector: Sendable, Hashable {
    case all
    case program(Program.ID)
    /// The customers of this group, of whichever program.
    case group(String)
    case customer(Customer.ID)
    /// Ranges of ids; ids that no customer has are passed over.
    case customers([ClosedRange<Customer.ID>])
}
