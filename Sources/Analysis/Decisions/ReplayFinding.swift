public import Base
internal import DemandResponse
public import DispatchStore
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
    /// Inputs of which a decision differs.
    public var differingInputs = 0
    /// What that comes to, for customers and incidents, as of two ledgers.
    public var differences: [DecisionDifference] = []
    public var first: FirstDifference?
    /// What each side came to, where the scenario was run anew.
    public var verdicts: (recorded: RunHeader.Verdict?, replayed: RunHeader.Verdict?)?

    public init(mode: Mode, formats: ClosedRange<Int>) {
        self.mode = mode
        self.formats = formats
    }

    public var isEqual: Bool {
        differingInputs == 0 && differences.isEmpty && verdicts.map { $0.recorded == $0.replayed } ?? true
    }
}

/// The earliest difference, with what is needed to understand it.
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

/// Where what a record holds and what the rules decide now part.
public struct ReplayDifference: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable {
        /// In the record, and no longer decided at that instant.
        case missing
        /// Decided now, and not in the record.
        case extra
        /// With other words, another state or for another reason.
        case changed
        /// The same effects of one input in another order; only a strict replay says so.
        case reordered
    }

    public let kind: Kind
    /// `nil` for what is extra.
    public let recorded: JournalRow?
    /// `nil` for what is missing.
    public let replayed: JournalRow?
    /// Of the row of the input at which it showed; of the one before, for a deadline that the record does not have.
    public let sequence: Int
    /// What it is about.
    public let row: JournalRow

    public init(
        recorded: JournalRow?,
        replayed: JournalRow?,
        about row: JournalRow,
        sequence: Int,
        isOrder: Bool = false
    ) {
        kind = isOrder ? .reordered : recorded == nil ? .extra : replayed == nil ? .missing : .changed
        self.recorded = recorded
        self.replayed = replayed
        self.row = row
        self.sequence = sequence
    }

    /// The fields in which both sides differ; those of the one side where there is no other.
    public var fields: [(name: JournalRow.Field.Name, recorded: String?, replayed: String?)] {
        if let recorded, let replayed { return JournalRow.differences(recorded, replayed) }
        return row.fields.map { field in
            (field.name, recorded.map { _ in field.value }, replayed.map { _ in field.value })
        }
    }
}

extension JournalRow {
    /// What a row says beside whom and what it is about, in the trade's words.
    public struct Field: Hashable, Sendable {
        public enum Name: String, Sendable {
            case message, state, audience, answer, attempt, destination, reason, record, words
            case timeliness, incident, customer, modification, session, open
        }

        public var name: Name
        public var value: String
    }

    /// A digest stands for a message: `RunRecord.readMessage` may know its text.
    public var fields: [Field] {
        var fields: [Field] = []
        if let state { fields.append(Field(name: stateName, value: state.name)) }
        if let attempt { fields.append(Field(name: .attempt, value: "\(attempt)")) }
        if let digest {
            fields.append(Field(name: kind == .emitAcknowledgement ? .record : .message, value: "\(digest)"))
        }
        if let detail { fields.append(Field(name: detailName, value: detail)) }
        if let modification { fields.append(Field(name: .modification, value: "\(modification)")) }
        if let session { fields.append(Field(name: .session, value: "\(session.number)")) }
        switch kind {
        case .answerIncident, .answerAcknowledged, .answerJoined, .answerDone, .answerRefused, .roomEntered:
            if kind != .roomEntered {
                fields.append(Field(name: .answer, value: String(kind.name.dropFirst("answer.".count))))
            }
            if let incident { fields.append(Field(name: .incident, value: "\(incident)")) }
            if let customer { fields.append(Field(name: .customer, value: "\(customer)")) }
        default: break
        }
        return fields
    }

    /// The fields in which two rows about the same thing differ, with both values.
    public static func differences(
        _ recorded: JournalRow,
        _ replayed: JournalRow
    ) -> [(name: Field.Name, recorded: String?, replayed: String?)] {
        let before = recorded.fields
        let after = replayed.fields
        var names: [Field.Name] = []
        for field in before + after where !names.contains(field.name) { names.append(field.name) }
        return names.compactMap { name in
            let old = before.first { $0.name == name }?.value
            let new = after.first { $0.name == name }?.value
            return old == new ? nil : (name, old, new)
        }
    }

    private var stateName: Field.Name {
        switch kind {
        case .acknowledgementRecorded: .timeliness
        case .emitDispatch, .emitResync, .emitAcknowledgement, .emitRefused, .emitIncident: .audience
        default: .state
        }
    }

    private var detailName: Field.Name {
        switch kind {
        case .send: .destination
        case .acknowledgementRecorded: .answer
        case .deliveryRecorded, .cancellationRecorded, .allClearRecorded, .refused, .answerRefused, .emitRefused:
            .reason
        case .leftOutRecorded: .reason
        case .answerJoined: .open
        default: .words
        }
    }
}
