public import DemandResponse

/// What can be counted or measured of a run.
///
/// Every kind is an enumeration over which the tally switches without a default: a new metric does not compile before it is counted.
public enum Metric: Hashable, Sendable {
    case records(RecordCount)
    case customers(CustomerCount)
    /// Requests and acknowledgements that the dispatcher refused.
    case refused
    case latency(Latency)
    /// The text of the dispatches.
    case message

    public static let allCases: [Metric] =
        RecordCount.allCases.map(Metric.records) + CustomerCount.allCases.map(Metric.customers) + [.refused]
        + Latency.allCases.map(Metric.latency) + [.message]

    /// As expectations and documents write it.
    public var name: String {
        switch self {
        case .records(let count): count.rawValue
        case .customers(let count): count.rawValue
        case .refused: "refused"
        case .latency(let latency): latency.rawValue
        case .message: "message"
        }
    }

    public init?(name: some StringProtocol) {
        guard let metric = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = metric
    }

    /// The labels by which its samples can be told apart.
    public var labels: [Label] {
        switch self {
        case .records(.delivered), .records(.failed), .latency(.delivery): Label.allCases
        case .records(.dispatches), .records(.duplicates), .customers, .latency(.acknowledgement),
            .latency(.confirmation):
            Label.allCases.filter { $0 != .attempt }
        case .message: [.program, .group, .customer, .incident, .channel]
        case .latency(.dispatchLag): [.incident]
        case .refused: []
        }
    }

    /// Whether a percentage makes sense: the share of the records, or of the customers, that were dispatched.
    public var canBeShare: Bool {
        switch self {
        case .records(.delivered), .records(.failed), .customers: true
        case .records(.dispatches), .records(.duplicates), .refused, .latency, .message: false
        }
    }

    /// Whether `within` makes sense: counts only what happened so soon after the dispatch.
    public var takesWithin: Bool { self == .customers(.acknowledged) || self == .records(.delivered) }
}

/// Counts of dispatch records.
public enum RecordCount: String, Sendable, CaseIterable {
    case dispatches, delivered, failed, duplicates
}

/// Counts of customer-incidents: each customer counts once for every incident.
public enum CustomerCount: String, Sendable, CaseIterable {
    case acknowledged, unacknowledged, late, declined, withdrawn, undeliverable
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

/// A figure of a set of latencies.
public enum Statistic: String, Sendable, CaseIterable {
    case min, mean, p50, p90, p95, p99
    case p999 = "p99.9"
    case max

    /// Of a percentile: how many of a thousand samples lie at or below it.
    public var perMille: Int? {
        switch self {
        case .p50: 500
        case .p90: 900
        case .p95: 950
        case .p99: 990
        case .p999: 999
        case .min, .mean, .max: nil
        }
    }
}
