public import DemandResponse

/// How a customer stands to an incident: told or not, answered or not. Each customer is in exactly one of these.
public enum Standing: String, Sendable, CaseIterable {
    case acknowledged
    /// Answered with an opt-out. The metric `acknowledged` counts these answers, too, and those of who has withdrawn.
    case declined
    /// Had opted in, and opted out after the start.
    case withdrawn
    /// Reached, and has not answered.
    case silent
    /// Not reached, and at least one method may still do it, or was withdrawn before it could.
    case pending
    /// Not reached, and every method has failed for good; or there is none.
    case unreachable

    /// - Parameters:
    ///   - isReached: whether any method took the message, or the client was seen to have it.
    ///   - states: of the customer's records in the incident.
    @inlinable
    public init(
        hasAnswered: Bool,
        optedOut: Bool,
        isWithdrawn: Bool,
        isReached: Bool,
        states: some Collection<DeliveryState>
    ) {
        if hasAnswered {
            self = isWithdrawn ? .withdrawn : optedOut ? .declined : .acknowledged
        } else if isReached {
            self = .silent
        } else {
            self = Self.isUndeliverable(states) ? .unreachable : .pending
        }
    }

    /// Whether every method has failed for good, or there is none.
    ///
    /// Inlinable: asked of every customer-incident, over lazy collections of another module that only the caller can specialise for.
    @inlinable
    public static func isUndeliverable(_ states: some Collection<DeliveryState>) -> Bool {
        states.allSatisfy { $0 == .failed || $0 == .unreachable }
    }
}
