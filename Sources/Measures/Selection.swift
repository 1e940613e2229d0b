public import DemandResponse

/// What narrows a metric to some of its samples.
public enum Label: String, Sendable, CaseIterable {
    case program, group, customer, incident, channel, modification, attempt
}

/// Which samples a measurement looks at: all that bear every label that is given; `nil` stands for any.
public struct Selection: Sendable, Hashable {
    public var program: Program.ID?
    /// Of customers.
    public var group: String?
    public var customer: Customer.ID?
    /// By the scenario's name.
    public var incident: String?
    public var channel: DispatchMethod?
    /// From 0, as the incident was announced; `nil`: the one that each incident had in the end.
    public var modification: Int?
    /// From 1: of several attempts to send a message the one that came so far. `nil`: what came of them in the end.
    public var attempt: Int?

    public init(
        program: Program.ID? = nil,
        group: String? = nil,
        customer: Customer.ID? = nil,
        incident: String? = nil,
        channel: DispatchMethod? = nil,
        modification: Int? = nil,
        attempt: Int? = nil
    ) {
        self.program = program
        self.group = group
        self.customer = customer
        self.incident = incident
        self.channel = channel
        self.modification = modification
        self.attempt = attempt
    }
}
