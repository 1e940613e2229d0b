public import Base
internal import DemandResponse
public import DispatchStore
public import Journal
internal import Measures

/// All that the reports of one run say, read once from its record.
public struct RunSummary: Sendable {
    public let header: RunHeader
    /// Where the record is, as it is to be shown.
    public let recordPath: String
    /// The name of the folder in which this run's page is, beside the suite's; `nil` until it has been written.
    public internal(set) var folder: String?
    public let expectations: [ExpectationFinding]
    /// Ascending by the invariant's number.
    public let checks: [CheckFinding]

    public let overall: GroupSummary
    public let programs: [LabelledSummary]
    /// Customers by their groups.
    public let groups: [LabelledSummary]
    /// Only those of which there are records.
    public let channels: [LabelledSummary]
    public let incidents: [LabelledSummary]
    public let dispatchLag: LatencySummary
    /// Requests and acknowledgements that the dispatcher did not follow.
    public let refused: Int
    /// What was decided, against what was approved; `nil` where nobody has looked.
    public let decisions: DecisionReview?

    /// Every status that applies, the one that wins first; never empty.
    public let statuses: [RunStatus]

    /// - Parameters:
    ///   - history: the record's, where it is at hand already.
    ///   - recordPath: how the record is to be named; by default the path by which it was opened.
    ///   - decisions: how they compare with the approved ones.
    public init(
        record: RunRecord,
        history: History? = nil,
        recordPath: String? = nil,
        decisions: DecisionReview? = nil
    ) throws(StoreError) {
        let history = if let history { history } else { try record.readHistory() }
        try self.init(
            record: record,
            history: history,
            breakdown: Breakdown(history),
            recordPath: recordPath,
            decisions: decisions
        )
    }

    init(
        record: RunRecord,
        history: History,
        breakdown: Breakdown,
        recordPath: String? = nil,
        decisions: DecisionReview? = nil
    ) throws(StoreError) {
        guard let header = try record.readRun() else {
            throw StoreError(.failed, path: record.path, "this is a server's database, not the record of a run")
        }
        self.header = header
        self.recordPath = recordPath ?? record.path
        expectations = try record.readExpectations()
        checks = try record.readChecks()

        let names = Dictionary(try record.readPrograms().map { ($0.id, $0.name) }) { first, _ in first }
        overall = GroupSummary(breakdown.overall)
        programs = breakdown.programs.map {
            LabelledSummary(label: "\($0.id)", name: names[$0.id] ?? "program \($0.id)", group: GroupSummary($0.group))
        }
        groups = breakdown.customerGroups.map {
            LabelledSummary(label: $0.name, name: $0.name, group: GroupSummary($0.group))
        }
        channels = breakdown.channels.map {
            LabelledSummary(label: $0.method.name, name: $0.method.name, group: GroupSummary($0.group))
        }
        incidents = breakdown.incidents.map {
            let name = history.names[$0.number] ?? "incident \($0.number)"
            return LabelledSummary(label: name, name: name, group: GroupSummary($0.group))
        }
        dispatchLag = LatencySummary(Measurements(history).latencies(.dispatchLag))
        refused = history.refusals
        self.decisions = decisions

        statuses = RunStatus.ranked(
            (decisions?.differs == true ? [.decisionsDiffer] : [])
                + Self.statuses(of: header, expectations: expectations, checks: checks)
        )
    }

    /// For documents: of a run whose decisions were not compared they say nothing, since its record alone could not say why.
    var comparedDecisions: DecisionReview? { decisions.flatMap { $0.isCompared ? $0 : nil } }

    /// The status that stands for all that apply.
    public var status: RunStatus { RunStatus.combined(statuses) }

    /// How long the run was on its own clock.
    public var simulated: Span { header.endsAt - header.startsAt }

    /// Dispatch records for each second on the wall's clock.
    public var dispatchesPerSecond: Double? {
        guard let wall = header.wallDuration, wall > .zero else { return nil }
        return Double(overall.counts.dispatches) * 1_000_000 / Double(wall.microseconds)
    }

    /// The findings and the header's verdict must agree; where they do not, the worse one counts.
    private static func statuses(
        of header: RunHeader,
        expectations: [ExpectationFinding],
        checks: [CheckFinding]
    ) -> [RunStatus] {
        var statuses: [RunStatus] = []
        if expectations.contains(where: { !$0.passes }) { statuses.append(.expectationFailed) }
        if checks.contains(where: { $0.violationCount > 0 }) { statuses.append(.invariantBroken) }
        switch header.verdict {
        case .passed: break
        case .failed where !statuses.isEmpty: break
        case .failed: statuses.append(.expectationFailed)
        case .violated: statuses.append(.invariantBroken)
        case nil: statuses.append(.internalError)
        }
        return statuses.isEmpty ? [.allHeld] : statuses
    }
}
