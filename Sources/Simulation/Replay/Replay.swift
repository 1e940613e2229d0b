public import Analysis
internal import Base
public import DemandResponse
public import DispatchStore
public import Journal

/// Feeds a record's journal to rules, and shows where they decide otherwise than the record says.
///
/// The journal is read and decoded on one thread, while another drives the rules and compares. The rules live through the whole
/// journal: where a server was started again, `Input.started` has them forget what a process forgets.
public struct Replay {
    private let record: RunRecord
    private var rules: any DispatchRules
    private let header: RunHeader?
    private var comparison: EffectComparison
    /// What these rules decide.
    private var tally: DecisionTally
    /// Of the row of the last input.
    private var sequence = 0
    private var encoder = JournalEncoder()
    private var numbers = IncidentNumbers()
    private var finding: ReplayFinding
    /// The texts of messages that are in no record, by their digests: some of those that differ.
    private var messages: [Int64: String] = [:]

    private static let mostMessages = 1_000
    /// How many inputs are shown that led to the first difference.
    private static let mostInputs = 10

    /// - Parameter mode: strict or decisions.
    /// - Throws: `ReplayRefusal` for a file in which there is nothing to replay, `StoreError` for one that cannot be read.
    public init(
        _ record: RunRecord,
        mode: ReplayFinding.Mode,
        rules: any DispatchRules = Dispatcher()
    ) throws {
        self.record = record
        self.rules = rules
        header = try record.readRun()
        if let target = header?.target {
            throw ReplayRefusal(
                "this run was made against \(target), whose decisions are in that server's own database: replay that one"
            )
        }
        if let header, header.verdict == nil { throw ReplayRefusal("this run was broken off: its record is not whole") }
        guard let formats = try record.readJournalFormats() else {
            throw ReplayRefusal("its journal is empty: there is nothing to replay")
        }
        finding = ReplayFinding(mode: mode, formats: formats)
        comparison = EffectComparison(mode: mode)
        tally = DecisionTally(isTimed: true, roster: Roster())
    }

    /// - Throws: `StoreError` when the journal is not what was written; then nothing is said of the rules.
    public mutating func run() throws(StoreError) -> ReplayFinding {
        var steps = ReplaySteps(JournalReader(record))
        while let step = try steps.next() {
            finding.startsAt = finding.startsAt ?? step.at
            try runDeadlines(before: step, &steps)
            feed(step)
        }
        // What the end of the run is, the journal's digest does not tell: it may add to differences, but not be one.
        if let header, header.world == .virtual, comparison.first != nil {
            while let deadline = rules.nextDeadline, deadline <= header.endsAt, runDeadline(deadline) {}
        }
        return try conclude()
    }

    // MARK: - Driving the rules

    /// What these rules wanted to hear before a step, and those of the record did not.
    ///
    /// A virtual world tells the rules of a deadline at its very instant; a server, with the inputs that came meanwhile, so that
    /// a deadline which its rules had too is told of at the step's own instant. Nobody was there to tell a process that was down.
    private mutating func runDeadlines(before step: JournalStep, _ steps: inout ReplaySteps) throws(StoreError) {
        while let deadline = rules.nextDeadline, deadline < step.at {
            switch step.input {
            case .started: return
            // What lay between was never there.
            case .clockSet: return
            default: break
            }
            if header?.world != .virtual, try steps.bringsDeadline(with: step) { return }
            guard runDeadline(deadline) else { return }
        }
    }

    /// - Returns: false when the rules still want to hear of it, and would for ever.
    private mutating func runDeadline(_ deadline: Timestamp) -> Bool {
        tell(.deadlineReached, at: deadline)
        compare([], rules.handle(.deadlineReached, at: deadline), at: deadline, format: JournalFormat.current)
        return rules.nextDeadline.map { $0 > deadline } ?? true
    }

    private mutating func feed(_ step: JournalStep) {
        finding.inputs += 1
        finding.effects += step.effects.count
        sequence = step.sequence
        if case .rosterReplaced(let roster, _) = step.input { tally.roster = roster }
        tell(step.input, at: step.at)
        let effects = rules.handle(numbers.replayed(step.input), at: step.at)
        compare(step.effects, effects, at: step.at, format: step.format)
    }

    // MARK: - Comparing

    private mutating func tell(_ input: Input, at now: Timestamp) {
        let row = encoder.row(for: input, correlation: nil, at: now)
        if let fact = try? JournalFact(row, sequence: sequence) { tally.add(fact) }
    }

    private mutating func compare(_ recorded: [JournalRow], _ effects: [Effect], at now: Timestamp, format: Int) {
        let replayed = effects.map { encoder.row(for: $0, at: now, cause: sequence).asWritten(inFormat: format) }
        for row in replayed {
            if let fact = try? JournalFact(row, sequence: sequence) { tally.add(fact) }
        }
        if numbers.areSame, recorded == replayed { return }
        numbers.learn(recorded, replayed)
        comparison.compare(recorded, numbers.recorded(replayed), sequence: sequence)
        keepMessages(of: effects)
    }

    private mutating func keepMessages(of effects: [Effect]) {
        for effect in effects where messages.count < Self.mostMessages {
            switch effect {
            case .record(.dispatch(let dispatch, _)): messages[contentDigest(of: dispatch.message)] = dispatch.message
            case .send(let outgoing): messages[contentDigest(of: outgoing.text)] = outgoing.text
            default: break
            }
        }
    }

    private mutating func conclude() throws(StoreError) -> ReplayFinding {
        finding.differingInputs = comparison.differingInputs
        guard let first = comparison.first else { return finding }
        var recorded = DecisionTally(isTimed: true, roster: tally.roster)
        try record.forEachFact { recorded.add($0) }
        let names = recorded.names(try record.readScript())
        let old = try recorded.ledger(of: record, header, names: names, messages: messages)
        let new = try tally.ledger(of: record, header, names: names, messages: messages)
        finding.differences = new.differences(from: old)
        let inputs = try record.readInputs(
            leadingTo: first.sequence,
            incident: first.row.incident,
            customer: first.row.customer,
            limit: Self.mostInputs
        )
        finding.first = FirstDifference(difference: first, messages: try texts(of: first), inputs: inputs)
        return finding
    }

    private func texts(of difference: ReplayDifference) throws(StoreError) -> [Int64: String] {
        var texts: [Int64: String] = [:]
        for row in [difference.recorded, difference.replayed].compactMap(\.self) {
            guard let digest = row.digest, let incident = row.incident else { continue }
            texts[digest] = messages[digest]
            if texts[digest] == nil { texts[digest] = try record.readMessages(of: incident)[digest] }
        }
        return texts
    }
}

/// Why a file is not replayed: for the person who named it.
public struct ReplayRefusal: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}
