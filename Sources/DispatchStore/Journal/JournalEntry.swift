public import Base
public import DemandResponse

/// An input, the instant at which it was handled, and what came of it: the unit in which the journal is written.
public struct JournalEntry: Sendable {
    public var input: Input
    public var at: Timestamp
    /// The id under which the asker knows the request, if it came with one.
    public var correlation: UniqueID?
    public var effects: [Effect]

    public init(input: Input, at: Timestamp, correlation: UniqueID? = nil, effects: [Effect]) {
        self.input = input
        self.at = at
        self.correlation = correlation
        self.effects = effects
    }
}
