public import Base
public import DemandResponse
internal import GRDB

/// How one customer stands to an incident: told or not, answered or not.
public struct Participation: Sendable {
    /// Each customer is in exactly one of these.
    public enum State: String, Sendable, CaseIterable {
        case acknowledged
        /// Answered with an opt-out.
        case declined
        /// Reached, and has not answered.
        case silent
        /// Not reached, and at least one method may still do it, or was withdrawn before it could.
        case pending
        /// Not reached, and every method has failed for good; or there is none.
        case unreachable
    }

    /// One of the customer's records.
    public struct Record: Sendable {
        public var id: String
        public var method: DispatchMethod?
        public var state: DeliveryState
        public var reason: String?
        public var sentAt: Timestamp?
        public var deliveredAt: Timestamp?

        /// When the method is known to have got through: the carrier's report, or else that it took the message.
        public var reachedAt: Timestamp? { deliveredAt ?? sentAt }
    }

    public var customer: Customer.ID
    public var customerName: String
    public var announcedAt: Timestamp
    /// In the customer's order of methods.
    public var records: [Record]
    public var acknowledgedAt: Timestamp?
    public var acknowledgedBy: String?
    public var optedOut: Bool
    public var isLate: Bool

    /// Whether any method took the message.
    public var isReached: Bool { records.contains { $0.state.hasBeenSent } }

    public var state: State {
        if acknowledgedAt != nil { return optedOut ? .declined : .acknowledged }
        if isReached { return .silent }
        return records.allSatisfy { $0.state == .failed || $0.state == .unreachable } ? .unreachable : .pending
    }
}

extension DispatchDatabase {
    /// The customers of an incident, ascending by id.
    /// - Parameter states: empty: all.
    /// - Returns: `nil` for an unknown incident.
    public func readParticipations(
        in incident: UniqueID,
        states: Set<Participation.State> = [],
        after: Customer.ID? = nil,
        limit: Int
    ) throws(StoreError) -> Page<Participation>? {
        try storing(path) {
            try writer.read { database in
                guard let number = try Self.number(of: incident, database) else { return nil }
                var participations: [Participation] = []
                try Self.forEachParticipation(in: number, after: after, database) { participation in
                    if states.isEmpty || states.contains(participation.state) { participations.append(participation) }
                    return participations.count <= limit
                }
                return Page(participations, limit: limit)
            }
        }
    }
}
