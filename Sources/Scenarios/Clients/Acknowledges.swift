public import DemandResponse

/// Whether and how a client acknowledges a dispatch that has reached it.
public enum Acknowledges: Sendable, Equatable {
    case never
    case answer(Answer)

    /// The answer, if there is one.
    public var answer: Answer? {
        switch self {
        case .never: nil
        case .answer(let answer): answer
        }
    }
}

/// An acknowledgement, or several equal ones.
public struct Answer: Sendable, Equatable {
    /// From the dispatch's arrival to the first acknowledgement.
    public var after: Distribution
    /// A customer outside it never answers.
    public var share: Share
    /// Who acknowledges, with `{name}` and `{id}` for the customer's.
    public var by: String
    /// How many times the same acknowledgement is sent: 1 … 100.
    public var repeats: Int
    /// How many of those who answer opt out.
    public var declines: Share

    public init(
        after: Distribution,
        share: Share = .all,
        by: String = Answer.defaultBy,
        repeats: Int = 1,
        declines: Share = .none
    ) {
        self.after = after
        self.share = share
        self.by = by
        self.repeats = repeats
        self.declines = declines
    }

    public static let defaultBy = "{name}"

    /// The name that the acknowledgement of this customer carries.
    public func by(_ customer: Customer) -> String {
        Template.fill(by) { name in
            switch name {
            case "name": customer.name
            case "id": String(customer.id)
            default: nil
            }
        }
    }
}
