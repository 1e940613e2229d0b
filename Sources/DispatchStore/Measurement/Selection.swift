public import DemandResponse

/// Which dispatches a measurement looks at: all that bear every label that is given.
public struct Selection: Sendable, Hashable {
    public var program: Program.ID?
    public var customer: Customer.ID?
    /// By the scenario's name.
    public var incident: String?
    public var channel: DispatchMethod?

    public init(
        program: Program.ID? = nil,
        customer: Customer.ID? = nil,
        incident: String? = nil,
        channel: DispatchMethod? = nil
    ) {
        self.program = program
        self.customer = customer
        self.incident = incident
        self.channel = channel
    }
}

/// Counts of dispatch records.
public enum RecordCount: String, Sendable, CaseIterable {
    case dispatches, delivered, failed, duplicates
}

/// Counts of customers, each once for every incident.
public enum CustomerCount: String, Sendable, CaseIterable {
    case acknowledged, unacknowledged, late, declined, undeliverable
}

public enum Latency: String, Sendable, CaseIterable {
    /// From the commit of the dispatch to the client's (over carriers: by the carrier's report, the person's) having it.
    case delivery = "delivery_latency"
    /// From the commit of the dispatch to the commit of the acknowledgement.
    case acknowledgement = "acknowledgement_latency"
    /// From the client's sending its acknowledgement to its seeing the update.
    case confirmation = "confirmation_latency"
    /// From when the script wanted something to its commit: the harness's own lateness.
    case dispatchLag = "dispatch_lag"

    /// The time that a latency is measured in. They are the same unless a live run's clock goes faster than the machine's.
    public enum Clock: String, Sendable {
        /// The machine's: what the software needs does not depend on the run's speed.
        case wall
        /// The run's own: what people do and what the script says keeps the grid's time.
        case grid
    }

    /// - Parameter method: by which a delivery went. Where a client was away when a dispatch was announced, the time until it came is the
    ///   script's, by websocket, too.
    public func clock(by method: DispatchMethod) -> Clock {
        switch self {
        case .delivery: method == .websocket ? .wall : .grid
        case .acknowledgement: .grid
        case .confirmation, .dispatchLag: .wall
        }
    }
}
