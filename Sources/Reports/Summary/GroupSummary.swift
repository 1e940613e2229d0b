public import DispatchStore

/// The counts and latencies of a run, or of what bears one label in it.
public struct GroupSummary: Sendable, Equatable {
    public let counts: Counts
    public let delivery: LatencySummary
    public let acknowledgement: LatencySummary
    public let confirmation: LatencySummary

    public init(_ group: Breakdown.Group) {
        counts = group.counts
        delivery = LatencySummary(group.delivery)
        acknowledgement = LatencySummary(group.acknowledgement)
        confirmation = LatencySummary(group.confirmation)
    }
}

/// What bears one label: a program, a channel or an incident.
public struct LabelledSummary: Sendable, Equatable {
    /// The label's value as expectations write it: a program's id, a channel's name, the scenario's name of an incident.
    public let label: String
    /// For people: a program's name; otherwise the label.
    public let name: String
    public let group: GroupSummary
}

extension Counts {
    /// What the counts of customer-incidents count: of one incident, or of several that have nobody in common, they are customers.
    var noun: String { customers == customerIncidents ? "customer" : "customer-incident" }
}
