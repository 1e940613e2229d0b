/// What a run, or a suite of them, came to: the exit status of the command.
public enum RunStatus: Int32, Sendable, CaseIterable {
    case allHeld = 0
    case expectationFailed = 1
    case invalidScenario = 2
    case decisionsDiffer = 3
    case invariantBroken = 4
    case noScenarioMatched = 5
    /// EX_USAGE of sysexits(3).
    case wrongUsage = 64
    /// EX_SOFTWARE of sysexits(3): the run was broken off, its record is of no use.
    case internalError = 70

    /// In JSON and in words for people.
    public var name: String {
        switch self {
        case .allHeld: "all held"
        case .expectationFailed: "an expectation fell short"
        case .invalidScenario: "a scenario file is invalid"
        case .decisionsDiffer: "decisions differ"
        case .invariantBroken: "an invariant was broken"
        case .noScenarioMatched: "no scenario matched"
        case .wrongUsage: "wrong usage"
        case .internalError: "internal error"
        }
    }

    /// The one status that stands for several: the highest number wins, so 4 over 3, 2 and 1.
    ///
    /// - 70 and 64 win over all: a suite that was not carried out proves nothing.
    /// - 2 wins over 1: with a file that could not be read the suite is incomplete, which a failed expectation must not hide.
    /// - 5 wins over 0 only: it says that nothing ran, and an invalid file is the better explanation of that.
    /// - Of no status at all it is 5: an empty suite is not a pass.
    public static func combined(_ statuses: some Sequence<RunStatus>) -> RunStatus {
        statuses.max { $0.rank < $1.rank } ?? .noScenarioMatched
    }

    /// Each of them once, the one that wins first.
    static func ranked(_ statuses: some Sequence<RunStatus>) -> [RunStatus] {
        Set(statuses).sorted { $0.rank > $1.rank }
    }

    private var rank: Int {
        switch self {
        case .allHeld: 0
        case .noScenarioMatched: 1
        case .expectationFailed: 2
        case .invalidScenario: 3
        case .decisionsDiffer: 4
        case .invariantBroken: 5
        case .wrongUsage: 6
        case .internalError: 7
        }
    }
}
