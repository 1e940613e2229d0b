public import Base
public import DemandResponse

/// An input, the instant at which it was handled, and what came of it: the unit in which the journal is written.
public struct JournalEntry: Sendable {
    public var input: Input
    public var at: Timestamp
    /// The id under which the asker knows the request, if it came with one.
    public var correlation: UniqueID?
    /// Who brought it about, for the audit log.
    public var actor: String?
    public var effects: [Effect]

    public init(
        input: Input,
        at: Timestamp,
        correlation: UniqueID? = nil,
        actor: String? = nil,
        effects: [Effect]
    ) {
        self.input = input
        self.at = at
        self.correlation = correlation
        self.actor = actor
        self.effects = effects
    }
}

/// An input as the journal holds it, with what came of it: the unit in which the journal is read.
public struct JournalStep: Sendable {
    /// Of the input's row.
    public var sequence: Int
    public var at: Timestamp
    public var input: Input
    public var format: Int
    /// In their order.
    public var effects: [JournalRow]

    /// - Throws: why the row is no input.
    public init(_ row: JournalRow, sequence: Int, format: Int) throws(JournalDamage) {
        self.sequence = sequence
        at = row.at
        input = try row.input(format: format)
        self.format = format
        effects = []
    }
}
