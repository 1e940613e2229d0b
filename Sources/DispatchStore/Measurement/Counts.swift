internal import DemandResponse
public import Measures

/// What is counted of a set of dispatch records and of those whom they are for: the one place that says what each count means.
public struct Counts: Sendable, Equatable {
    // Dispatch records.
    public internal(set) var dispatches = 0
    /// Taken by their method, delivered ones among them.
    public internal(set) var sent = 0
    public internal(set) var delivered = 0
    public internal(set) var failed = 0
    public internal(set) var duplicates = 0

    /// Customers, each once, however many incidents they were in.
    public internal(set) var customers = 0
    // Customer-incidents: each customer once for every incident.
    public internal(set) var customerIncidents = 0
    /// Answered, whether in or out.
    public internal(set) var acknowledged = 0
    public internal(set) var late = 0
    public internal(set) var declined = 0
    /// Had opted in, and opted out after the start: not among those who declined.
    public internal(set) var withdrawn = 0
    /// Every method has failed for good, or there is none; who answered all the same is among them.
    public internal(set) var undeliverable = 0
    /// Any method took the message, or the client had it, answered or not.
    public internal(set) var reached = 0
    public var unacknowledged: Int { customerIncidents - acknowledged }

    private var standings = Array(repeating: 0, count: Standing.allCases.count)

    /// How many stand so: customer-incidents, each in exactly one standing.
    public subscript(standing: Standing) -> Int { standings[standing.place] }

    public subscript(count: RecordCount) -> Int {
        switch count {
        case .dispatches: dispatches
        case .delivered: delivered
        case .failed: failed
        case .duplicates: duplicates
        }
    }

    public subscript(count: CustomerCount) -> Int {
        switch count {
        case .acknowledged: acknowledged
        case .unacknowledged: unacknowledged
        case .late: late
        case .declined: declined
        case .withdrawn: withdrawn
        case .undeliverable: undeliverable
        }
    }

    public init() {}

    /// - Parameters:
    ///   - isDelivered: whether it has a delivery latency, which is one that counts.
    ///   - hasFailed: `nil`: whether it failed in the end.
    public mutating func add(_ record: History.Record, isDelivered: Bool, hasFailed: Bool? = nil) {
        dispatches += 1
        if record.state.hasBeenSent { sent += 1 }
        if isDelivered { delivered += 1 }
        if hasFailed ?? (record.state == .failed) { failed += 1 }
        duplicates += record.duplicates
    }

    /// - Parameters:
    ///   - own: all records of one customer in one incident.
    ///   - isSoonEnough: whether an acknowledgement counts, if there is one.
    public mutating func add(customerIncident own: ArraySlice<History.Record>, isSoonEnough: Bool = true) {
        guard let first = own.first else { return }
        customerIncidents += 1
        if first.acknowledgedAt != nil, isSoonEnough {
            acknowledged += 1
            if first.isLate { late += 1 }
            if first.isWithdrawn { withdrawn += 1 } else if first.optedOut { declined += 1 }
        }
        if Standing.isUndeliverable(own.lazy.map(\.state)) { undeliverable += 1 }
        if History.isReached(own) { reached += 1 }
        standings[History.standing(of: own).place] += 1
    }
}

extension Standing {
    fileprivate var place: Int {
        switch self {
        case .acknowledged: 0
        case .declined: 1
        case .withdrawn: 2
        case .silent: 3
        case .pending: 4
        case .unreachable: 5
        }
    }
}

extension History {
    /// Whether any method took the message, or the client was seen to have it.
    static func isReached(_ own: ArraySlice<Record>) -> Bool {
        own.contains { $0.state.hasBeenSent || $0.receivedAt != nil }
    }

    /// - Parameter own: all records of one customer in one incident.
    public static func standing(of own: ArraySlice<Record>) -> Standing {
        Standing(
            hasAnswered: own.first?.acknowledgedAt != nil,
            optedOut: own.first?.optedOut ?? false,
            isWithdrawn: own.first?.isWithdrawn ?? false,
            isReached: isReached(own),
            states: own.lazy.map(\.state)
        )
    }
}
