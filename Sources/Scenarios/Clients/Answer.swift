public import Base
public import DemandResponse

/// An acknowledgement, or several equal ones.
public struct Answer: Sendable, Hashable {
    public enum Timing: Sendable, Hashable {
        /// So long after the dispatch's arrival, over the customer's own session.
        case after(Distribution)
        /// An operator answers for the customer at this instant, whether the dispatch has reached the customer or not. A
        /// customer without a session of their own needs none: the operator's does not join.
        case at(Timestamp)
    }

    /// The script's name of the only incident that it answers; `nil`: any.
    public var incident: String?
    /// The only modification of an incident that it answers, from 0; `nil`: any.
    public var modification: Int?
    public var timing: Timing
    /// A customer outside it never answers.
    public var share: Share
    /// Who acknowledges, with `{name}` and `{id}` for the customer's.
    public var by: String
    /// How many times the same acknowledgement is sent: 1 … 100.
    public var repeats: Int
    /// How many of those who answer opt out.
    public var declines: Share
    /// How the customer changes its mind afterwards, one change after the other.
    public var then: [ChangeOfMind]
    /// Whether it is sent even to an incident that is known to be cancelled or recalled.
    public var isSentIfCancelled: Bool

    public init(
        incident: String? = nil,
        modification: Int? = nil,
        _ timing: Timing,
        share: Share = .all,
        by: String = Answer.defaultBy,
        repeats: Int = 1,
        declines: Share = .none,
        then: [ChangeOfMind] = [],
        isSentIfCancelled: Bool = false
    ) {
        self.incident = incident
        self.modification = modification
        self.timing = timing
        self.share = share
        self.by = by
        self.repeats = repeats
        self.declines = declines
        self.then = then
        self.isSentIfCancelled = isSentIfCancelled
    }

    public static let defaultBy = "{name}"

    /// The name that the acknowledgement of this customer carries.
    /// - Parameter other: who changes its mind; `nil`: whoever gave the answer.
    public func by(_ customer: Customer, _ other: String? = nil) -> String {
        Template.fill(other ?? by) { name in
            switch name {
            case "name": customer.name
            case "id": String(customer.id)
            default: nil
            }
        }
    }

    /// Another answer to the same dispatch.
    public struct ChangeOfMind: Sendable, Hashable {
        /// From the sending of the answer before.
        public var after: Distribution
        /// What is answered now, whatever was before: out, or in.
        public var optsOut: Bool
        /// A customer outside it stays with the answer before.
        public var share: Share
        /// As of an answer; `nil`: whoever gave that.
        public var by: String?

        public init(after: Distribution, optsOut: Bool, share: Share = .all, by: String? = nil) {
            self.after = after
            self.optsOut = optsOut
            self.share = share
            self.by = by
        }
    }

    /// Whether it is what the arrival of a dispatch leads to.
    public func answers(_ incident: String, modification: Int) -> Bool {
        guard case .after = timing else { return false }
        return (self.incident ?? incident) == incident && (self.modification ?? modification) == modification
    }
}
