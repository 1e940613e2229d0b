public import Base
public import Journal

/// What came of a replay.
public struct ReplayFinding: Sendable {
    public enum Mode: String, Sendable {
        /// Every effect equal, in order.
        case strict
        /// What the effects mean, whatever their order.
        case decisions
        /// The record's own scenario, run anew with live clients.
        case resimulation
    }

    public var mode: Mode
    /// The lowest and the highest format of the journal.
    public var formats: ClosedRange<Int>
    public var inputs = 0
    public var effects = 0
    public var startsAt: Timestamp?
    public var counts: [ReplayDifference.Kind: DifferenceCount] = [:]
    /// Those that follow from no other, in the order of their first one.
    public var groups: [DifferenceGroup] = []
    public var first: FirstDifference?
    /// What each side came to, where the scenario was run anew.
    public var verdicts: (recorded: RunHeader.Verdict?, replayed: RunHeader.Verdict?)?

    public init(mode: Mode, formats: ClosedRange<Int>) {
        self.mode = mode
        self.formats = formats
    }

    public var isEqual: Bool {
        counts.isEmpty && verdicts.map { $0.recorded == $0.replayed } ?? true
    }
}

/// The earliest difference that follows from no other, with what is needed to understand it.
public struct FirstDifference: Sendable {
    public var difference: ReplayDifference
    /// The texts of messages, by their digests; of those that are still known.
    public var messages: [Int64: String]
    /// The inputs that led there, in order and without their effects.
    public var inputs: [JournalStep]

    public init(difference: ReplayDifference, messages: [Int64: String], inputs: [JournalStep]) {
        self.difference = difference
        self.messages = messages
        self.inputs = inputs
    }
}
