public import Base
public import DemandResponse

/// Where what a record holds and what the rules decide now part.
public struct ReplayDifference: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable {
        /// In the record, and no longer decided.
        case missing
        /// Decided now, and not in the record.
        case extra
        /// Decided at the same instant, with other words, another state or for another reason.
        case changed
        /// Decided at another instant.
        case moved
        /// The same effects of one input in another order; only a strict replay says so.
        case reordered
    }

    public var kind: Kind
    /// `nil` for what is extra.
    public var recorded: JournalRow?
    /// `nil` for what is missing.
    public var replayed: JournalRow?
    /// Of the row of the input at which it showed first; of the one before, for a deadline that the record does not have.
    public var sequence: Int
    /// Whether it follows from an earlier one about the same record, customer or incident.
    public var isConsequence = false

    /// What it is about.
    public var row: JournalRow

    public init(
        _ kind: Kind,
        recorded: JournalRow? = nil,
        replayed: JournalRow? = nil,
        about row: JournalRow,
        sequence: Int
    ) {
        self.kind = kind
        self.recorded = recorded
        self.replayed = replayed
        self.row = row
        self.sequence = sequence
    }

    /// When it showed first.
    public var at: Timestamp {
        guard let recorded, let replayed else { return row.at }
        return min(recorded.at, replayed.at)
    }

    /// The fields in which both sides differ; those of the one side where there is no other.
    public var fields: [(name: JournalRow.Field.Name, recorded: String?, replayed: String?)] {
        if let recorded, let replayed { return JournalRow.differences(recorded, replayed) }
        return row.fields.map { field in
            (field.name, recorded.map { _ in field.value }, replayed.map { _ in field.value })
        }
    }
}

/// Differences that say the same of several records: what a reader wants to see once.
public struct DifferenceGroup: Sendable, Equatable {
    /// How many customers are named.
    public static let mostNamed = 5

    public var first: ReplayDifference
    public var count: Int
    /// Ascending; as many as `mostNamed`.
    public var customers: [Customer.ID]
    public var customerCount: Int
    public var incidents: [Incident.Number]
    public var methods: [JournalMethod]

    public init(
        first: ReplayDifference,
        count: Int,
        customers: [Customer.ID],
        customerCount: Int,
        incidents: [Incident.Number],
        methods: [JournalMethod]
    ) {
        self.first = first
        self.count = count
        self.customers = customers
        self.customerCount = customerCount
        self.incidents = incidents
        self.methods = methods
    }
}

/// How many differences of one kind there are.
public struct DifferenceCount: Sendable, Equatable {
    public var own = 0
    public var consequences = 0

    public init() {}
}
