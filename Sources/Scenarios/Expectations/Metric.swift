/// What an expectation can be about.
public enum Metric: String, Sendable, CaseIterable {
    // Counts of records.
    case dispatches, delivered, failed, duplicates
    // Counts of customers, each once per incident.
    case acknowledged, unacknowledged, late, declined, undeliverable
    // Counts of happenings.
    case escalations, refused
    /// From the commit to the client's having it.
    case deliveryLatency = "delivery_latency"
    /// From the dispatch's commit to the acknowledgement's.
    case acknowledgementLatency = "acknowledgement_latency"
    /// From the client's sending an acknowledgement to its seeing the update.
    case confirmationLatency = "confirmation_latency"
    /// From the instant that the script names to the commit: the harness's own lateness.
    case dispatchLag = "dispatch_lag"
    /// The text of the dispatches.
    case message

    public enum Kind: Sendable, CaseIterable {
        case records, customers, happenings, latency, text
    }

    public var kind: Kind {
        switch self {
        case .dispatches, .delivered, .failed, .duplicates: .records
        case .acknowledged, .unacknowledged, .late, .declined, .undeliverable: .customers
        case .escalations, .refused: .happenings
        case .deliveryLatency, .acknowledgementLatency, .confirmationLatency, .dispatchLag: .latency
        case .message: .text
        }
    }

    /// Whether a percentage makes sense: the share of the records, or of the customers, that were dispatched.
    public var canBeShare: Bool {
        switch self {
        case .delivered, .failed: true
        default: kind == .customers
        }
    }

    /// Whether `within` makes sense.
    public var takesWithin: Bool { self == .acknowledged || self == .delivered }
}

/// What an expectation asks of a latency.
public enum Statistic: String, Sendable, CaseIterable {
    case min, mean, p50, p90, p95, p99
    case p999 = "p99.9"
    case max, count

    /// Of a percentile: how many of a thousand samples lie at or below it.
    public var perMille: Int? {
        switch self {
        case .p50: 500
        case .p90: 900
        case .p95: 950
        case .p99: 990
        case .p999: 999
        case .min, .mean, .max, .count: nil
        }
    }
}
