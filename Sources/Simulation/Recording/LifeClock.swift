internal import Base
internal import DemandResponse

/// Moves what happened in one transaction apart, so that a run in virtual time, where things happen one after the other, keeps
/// their order: an operator's request comes a microsecond after what clients and carriers did before it, and so do the deeds of one
/// customer after each other. What happened at different instants stays where it was.
struct LifeClock {
    private static let tick = Span.microseconds(1)

    /// The latest of the operators' requests.
    private(set) var lastRequest = Timestamp(microseconds: .min / 2)
    /// The latest of all that clients and carriers did.
    private var lastDeed = Timestamp(microseconds: .min / 2)
    private var lastDeeds: [Customer.ID: Timestamp] = [:]

    mutating func request(at instant: Timestamp) -> Timestamp {
        lastRequest = max(instant, lastRequest, lastDeed + Self.tick)
        return lastRequest
    }

    /// What a customer does, or a carrier for the customer.
    mutating func deed(of customer: Customer.ID, at instant: Timestamp) -> Timestamp {
        var deed = max(instant, lastRequest)
        if let last = lastDeeds[customer] { deed = max(deed, last + Self.tick) }
        lastDeeds[customer] = deed
        lastDeed = max(lastDeed, deed)
        return deed
    }
}
