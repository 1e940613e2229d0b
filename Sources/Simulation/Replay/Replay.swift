internal import Base
public import DemandResponse
public import DispatchStore
internal import Journal

/// Feeds a record's journal to rules, and shows where they decide otherwise than the record says.
///
/// The journal is read and decoded on one thread, while another drives the rules and compares. The rules live through the whole
/// journal: where a server was started again, `Input.started` has them forget what a process forgets.
public struct Replay {
    private let database: DispatchDatabase
    private var rules: any DispatchRules
    private let header: RunHeader?
    private var matcher: DecisionMatcher
    private var encoder = JournalEncoder()
    private var numbers = IncidentNumbers()
    private var finding: ReplayFinding
    /// The texts of messages that are in no record, by their digests: some of those that differ.
    private var messages: [Int64: String] = [:]

    private static let mostMessages = 1_000

    /// - Parameter mode: strict or decisions.
    /// - Throws: `ReplayRefusal` for a file in which there is nothing to replay, `StoreError` for one that cannot be read.
    public init(
        _ database: DispatchDatabase,
        mode: ReplayFinding.Mode,
        rules: any DispatchRules = Dispatcher()
    ) throws {
        self.database = database
        self.rules = rules
        header = try database.readRun()
        if let target = header?.target {
            throw ReplayRefusal(
                "this run was made against \(target), whose decisions are in that server's own database: replay that one"
            )
        }
        if let header, header.verdict == nil { throw ReplayRefusal("this run was broken off: its record is not whole") }
        guard let formats = try database.readJournalFormats() else {
            throw ReplayRefusal("its journal is empty: there is nothing to replay")
        }
        finding = ReplayFinding(mode: mode, formats: formats)
        matcher = DecisionMatcher(mode: mode)
    }

    /// - Throws: `StoreError` when the journal is not what was written; then nothing is said of the rules.
    public mutating func run() throws(StoreError) -> ReplayFinding {
        var steps = ReplaySteps(JournalReader(database))
        while let step = try steps.next() {
            finding.startsAt = finding.startsAt ?? step.at
            try runDeadlines(before: step, &steps)
            feed(step)
        }
        // What the end of the run is, the journal's digest does not tell: it may add to differences, but not be one.
        if let header, header.world == .virtual, matcher.hasDifferences {
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
            if case .started = step.input { return }
            if header?.world != .virtual, try steps.bringsDeadline(with: step) { return }
            guard runDeadline(deadline) else { return }
        }
    }

    /// - Returns: false when the rules still want to hear of it, and would for ever.
    private mutating func runDeadline(_ deadline: Timestamp) -> Bool {
        compare([], rules.handle(.deadlineReached, at: deadline), at: deadline, format: JournalFormat.current)
        return rules.nextDeadline.map { $0 > deadline } ?? true
    }

    private mutating func feed(_ step: JournalStep) {
        finding.inputs += 1
        finding.effects += step.effects.count
        matcher.sequence = step.sequence
        let effects = rules.handle(numbers.replayed(step.input), at: step.at)
        compare(step.effects, effects, at: step.at, format: step.format)
    }

    // MARK: - Comparing

    private mutating func compare(_ recorded: [JournalRow], _ effects: [Effect], at now: Timestamp, format: Int) {
        let cause = matcher.sequence
        if numbers.areSame, recorded.count == effects.count {
            var position = 0
            while position < effects.count,
                encoder.row(for: effects[position], at: now, cause: cause).asWritten(inFormat: format)
                    == recorded[position]
            {
                position += 1
            }
            if position == effects.count { return }
        }
        let replayed = effects.map { encoder.row(for: $0, at: now, cause: cause).asWritten(inFormat: format) }
        numbers.learn(recorded, replayed)
        matcher.match(recorded, numbers.recorded(replayed))
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
        try finding.conclude(matcher.finish(), of: database, messages: messages)
        return finding
    }
}

/// Why a file is not replayed: for the person who named it.
public struct ReplayRefusal: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}
