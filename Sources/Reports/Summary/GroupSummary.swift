public import DispatchStore

/// The counts and latencies of a run, or of what bears one label in it.
public struct GroupSummary: Sendable, Equatable {
    // Records.
    public let dispatches: Int
    public let delivered: Int
    public let failed: Int
    public let duplicates: Int
    // Customers, each once for every incident.
    public let customers: Int
    public let acknowledged: Int
    public let unacknowledged: Int
    public let late: Int
    public let declined: Int
    public let undeliverable: Int

    public let delivery: LatencySummary
    public let acknowledgement: LatencySummary
    public let confirmation: LatencySummary

    public init(_ group: Breakdown.Group) {
        dispatches = group.dispatches
        delivered = group.delivered
        failed = group.failed
        duplicates = group.duplicates
        customers = group.customers
        acknowledged = group.acknowledged
        unacknowledged = group.unacknowledged
        late = group.late
        declined = group.declined
        undeliverable = group.undeliverable
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
