/// One way in which two ledgers differ, for all customers that differ so.
public struct DecisionDifference: Sendable, Equatable {
    /// Who and which incident: `customer 17, incident peak`, `1,000 customers (1000..1999), 20 incidents (saver-01 … saver-20)`.
    public let subject: String
    /// What became of it and what it was: `text is no longer sent; was sent at 20:46:00`.
    public let change: String
    /// How many customers, each once for every incident; 0 for what concerns no single customer.
    public let count: Int

    /// `customer 17, incident peak: text is no longer sent; was sent at 20:46:00`
    public var text: String { "\(subject): \(change)" }
}
