public import Analysis
internal import Base
public import DispatchStore
internal import Measures

/// Runs of one scenario on two sides: what was decided, exactly, and how fast, statistically.
public struct RunComparison: Sendable {
    public let a: [RunHeader]
    public let b: [RunHeader]
    /// From the first run of A to the first of B that decides otherwise.
    public let differences: [DecisionDifference]
    public let latencies: [LatencyComparison]
    /// A share of A's value within which a latency is as good as the same.
    public let tolerance: Double
    /// What a reader must know before believing any of it.
    public let remarks: [String]

    /// Why runs are not comparable.
    public struct Incomparable: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - a: one run or more.
    ///   - b: one run or more.
    public init(_ a: [ComparedRecord], _ b: [ComparedRecord], tolerance: Double) throws(Incomparable) {
        guard let first = a.first, let last = b.first else {
            throw Incomparable(description: "a side without a run is compared with nothing")
        }
        if let other = (a + b).first(where: { $0.header.world != first.header.world }) {
            let words = [first, other].map { "\($0.path) is of a \($0.header.world.rawValue) run" }
            throw Incomparable(
                description:
                    "\(words.joined(separator: ", ")): the one's latencies are the script's, the other's the software's; "
                    + "compare runs of the same world"
            )
        }
        self.tolerance = tolerance
        self.a = a.map(\.header)
        self.b = b.map(\.header)
        differences = b.lazy.map { $0.ledger.differences(from: first.ledger) }.first { !$0.isEmpty } ?? []
        let isLive = first.header.world == .live
        remarks =
            Self.remarks(first.header, last.header) + Self.remarks(within: "A", a) + Self.remarks(within: "B", b)
            + (isLive && min(a.count, b.count) < Bootstrap.leastRuns ? [Self.tooFewRuns(a.count, b.count)] : [])
        // In virtual time they are the script's.
        latencies = isLive ? Latency.allCases.flatMap { Self.compare($0, a, b, tolerance: tolerance) } : []
    }

    private static func compare(
        _ latency: Latency,
        _ a: [ComparedRecord],
        _ b: [ComparedRecord],
        tolerance: Double
    ) -> [LatencyComparison] {
        let before = LatencySample(a.map { $0.populations(latency) })
        let after = LatencySample(b.map { $0.populations(latency) })
        // A percentile that neither side has enough samples for tells nothing.
        let perMilles = LatencyComparison.perMilles.filter { perMille in
            [before, after].contains { $0.pooled.percentile(perMille: perMille).microseconds != nil }
        }
        var bootstrap = Bootstrap(seed: 1)
        let intervals = bootstrap.intervals(perMilles: perMilles, before, after)
        return perMilles.enumerated().map { place, perMille in
            LatencyComparison(
                latency,
                perMille: perMille,
                before.pooled,
                after.pooled,
                interval: intervals?[place],
                tolerance: tolerance
            )
        }
    }

    public var isWorse: Bool { latencies.contains { $0.verdict == .worse } }

    /// The runs of one side are to be of one thing.
    private static func remarks(within side: String, _ runs: [ComparedRecord]) -> [String] {
        guard let first = runs.first else { return [] }
        var remarks: [String] = []
        if let other = runs.first(where: { !$0.ledger.differences(from: first.ledger).isEmpty }) {
            remarks.append("the runs of \(side) do not decide alike: \(other.path) differs from \(first.path)")
        }
        if let other = runs.first(where: { !self.remarks(first.header, $0.header).isEmpty }) {
            remarks.append(
                "the runs of \(side) were not made alike: \(other.path) has another scenario, seed, speed, machine, server or version "
                    + "than \(first.path)"
            )
        }
        return remarks
    }

    private static func tooFewRuns(_ a: Int, _ b: Int) -> String {
        let runs = a == b ? "\(Units.plural(a, "run")) a side" : "\(Units.plural(a, "run")) of A and \(b) of B"
        return
            "\(runs): nothing can be said of latencies for sure, since two runs of one build differ as well; make at least "
            + "\(Bootstrap.leastRuns) of each (griddrill run --live --repeat 5) and name them all"
    }

    private static func remarks(_ a: RunHeader, _ b: RunHeader) -> [String] {
        var remarks: [String] = []
        if a.name != b.name { remarks.append("different scenarios: A is \(a.name), B is \(b.name)") }
        if a.name == b.name, a.scenarioSHA256 != b.scenarioSHA256 {
            remarks.append("the scenario's file was changed between A and B")
        }
        if a.seed != b.seed { remarks.append("different seeds: A has \(a.seed), B has \(b.seed)") }
        remarks += speeds(a, b)
        if a.target != b.target {
            remarks.append("different servers: A had \(a.target ?? "its own"), B had \(b.target ?? "its own")")
        }
        remarks += machines(a.environment, b.environment)
        if a.version != b.version { remarks.append("different versions: A is \(a.version), B is \(b.version)") }
        return remarks
    }

    private static func speeds(_ a: RunHeader, _ b: RunHeader) -> [String] {
        if a.clockSpeed != b.clockSpeed {
            return [
                "different speeds: A ran at \(Units.factor(a.speed)), B at \(Units.factor(b.speed)); acknowledgement is in the time of each "
                    + "run's own clock (\(Units.factor(a.clockSpeed)) and \(Units.factor(b.clockSpeed)) times as fast as the machine's), and "
                    + "so is what delayed it unseen"
            ]
        }
        guard a.speed != b.speed else { return [] }
        return ["different speeds: A ran at \(Units.factor(a.speed)), B at \(Units.factor(b.speed))"]
    }

    private static func machines(_ a: RunEnvironment?, _ b: RunEnvironment?) -> [String] {
        guard let a, let b else { return a == b ? [] : ["one of the two does not say on which machine it ran"] }
        var remarks: [String] = []
        if a.machine != b.machine { remarks.append("different machines: A ran on \(a.machine), B on \(b.machine)") }
        if (a.build, a.compiler) != (b.build, b.compiler) {
            remarks.append("different builds: A is a \(a.build) build of \(a.compiler), B \(b.build) of \(b.compiler)")
        }
        return remarks
    }
}

extension RunEnvironment {
    fileprivate var machine: String {
        let gibibytes = (memoryBytes + (1 << 29)) >> 30
        return "\(Units.plural(cores, "core")) of \(processor), \(gibibytes) GiB, \(system)"
    }
}
