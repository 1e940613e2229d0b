/// One way in which two ledgers differ, for all incidents and customers that differ so.
public struct DecisionDifference: Sendable, Equatable {
    /// Who and which incident: `customer 17, incident peak`, `1,000 customers (1000..1999), 20 incidents (saver-01 … saver-20)`;
    /// empty for what is of no incident.
    public let subject: String
    /// What became of it and what it was: `text is no longer sent; was sent at 20:46:00`.
    public let change: String
    /// How many customers, each once for every incident; 0 for what concerns no single customer.
    public let count: Int
    /// Of whom the older ledger first says something else; `nil` for what concerns no incident.
    var place: Place?
    /// The line there that says it, from 1.
    public internal(set) var approvedLine: Int?

    struct Place: Equatable, Sendable {
        var incident: String
        /// `nil`: the incident itself.
        var customer: Int?
    }

    public init(subject: String, change: String, count: Int, approvedLine: Int? = nil) {
        self.init(subject: subject, change: change, count: count, at: nil)
        self.approvedLine = approvedLine
    }

    init(subject: String, change: String, count: Int, at place: Place?) {
        self.subject = subject
        self.change = change
        self.count = count
        self.place = place
    }

    /// `customer 17, incident peak: text is no longer sent; was sent at 20:46:00`
    public var text: String { subject.isEmpty ? change : "\(subject): \(change)" }
}
