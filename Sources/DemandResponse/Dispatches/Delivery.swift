public import Base

/// How far the delivery of one dispatch record has come, for its present notice.
public enum DeliveryState: String, Sendable, CaseIterable {
    /// To be sent; over Socket.IO: waiting for a session of the customer.
    case pending
    /// Handed out, no report yet.
    case sending
    /// The method took the message.
    case sent
    /// The far end has it, by the carrier's report.
    case delivered
    /// Failed for now; tried again at a later time.
    case deferred
    /// Failed for good.
    case failed
    /// No longer needed: acknowledged, cancelled, recalled or ended before it could be sent.
    case withdrawn
    /// There is no way: the customer has no method at all, or no address for this one.
    case unreachable

    /// Whether the method really took the message: `hasBeenSent`.
    public var hasBeenSent: Bool { self == .sent || self == .delivered }

    /// Nothing leads out of these but a new notice for the same record.
    public var isTerminal: Bool {
        switch self {
        case .delivered, .failed, .withdrawn, .unreachable: true
        case .pending, .sending, .sent, .deferred: false
        }
    }

    /// Whether a delivery may go from this state to another. States only move forward; a retry goes back to `sending`.
    /// One session may take what another has just failed to take: hence from `pending` to `sent`.
    public func mayBecome(_ next: DeliveryState) -> Bool {
        switch (self, next) {
        case (.pending, .sending), (.pending, .sent), (.pending, .delivered), (.pending, .withdrawn): true
        case (.sending, .sent), (.sending, .delivered), (.sending, .deferred), (.sending, .failed),
            (.sending, .withdrawn), (.sending, .pending):
            true
        case (.sent, .delivered), (.sent, .failed), (.sent, .deferred): true
        case (.deferred, .sending), (.deferred, .withdrawn): true
        default: false
        }
    }
}

/// A delivery and its attempts.
public struct Delivery: Hashable, Sendable {
    public var state: DeliveryState
    /// How often it was handed out.
    public var attempts: Int
    public var sentAt: Timestamp?
    public var deliveredAt: Timestamp?
    /// Why it failed, in the carrier's words.
    public var reason: String?
    /// Of some attempt nobody knows what became of it: it may have arrived all the same.
    public var mayHaveArrived: Bool

    public init(
        state: DeliveryState = .pending,
        attempts: Int = 0,
        sentAt: Timestamp? = nil,
        deliveredAt: Timestamp? = nil,
        reason: String? = nil,
        mayHaveArrived: Bool = false
    ) {
        self.state = state
        self.attempts = attempts
        self.sentAt = sentAt
        self.deliveredAt = deliveredAt
        self.reason = reason
        self.mayHaveArrived = mayHaveArrived
    }
}

/// What a method says became of one attempt.
public struct DeliveryReport: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable, Codable {
        case sent
        case delivered
        /// To be tried again.
        case failedForNow(reason: String)
        /// Not to be tried again.
        case failedForGood(reason: String)
        /// It may have been taken or not, and nobody can say: to be tried again, and may then arrive twice.
        case unknown(reason: String)
    }

    public var key: DispatchKey
    public var modification: Int
    public var kind: Outgoing.Kind
    public var attempt: Int
    public var outcome: Outcome

    public init(
        key: DispatchKey,
        modification: Int,
        kind: Outgoing.Kind = .dispatch,
        attempt: Int,
        outcome: Outcome
    ) {
        self.key = key
        self.kind = kind
        self.modification = modification
        self.attempt = attempt
        self.outcome = outcome
    }
}
