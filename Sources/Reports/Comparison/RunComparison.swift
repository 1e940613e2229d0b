public import Analysis
internal import Base
public import DispatchStore
internal import Measures

/// Two runs of one scenario: what was decided, exactly, and how fast, statistically.
public struct RunComparison: Sendable {
    public let a: RunHeader
    public let b: RunHeader
    public let differences: [DecisionDifference]
    public let latencies: [LatencyComparison]
    /// A share of A's value within which a latency is as good as the same.
    public let tolerance: Double
    /// What a reader must know before believing any of it.
    public let remarks: [String]

    /// Why two runs are not comparable.
    public struct Incomparable: Error, CustomStringConvertible {
        public let description: String
    }

    public init(_ a: ComparedRecord, _ b: ComparedRecord, tolerance: Double) throws(Incomparable) {
        guard a.header.world == b.header.world else {
            let words = [a, b].map { "\($0.path) is of a \($0.header.world.rawValue) run" }.joined(separator: ", ")
            throw Incomparable(
                description: "\(words): the one's latencies are the script's, the other's the software's; "
                    + "compare two of the same world"
            )
        }
        self.tolerance = tolerance
        self.a = a.header
        self.b = b.header
        differences = b.ledger.differences(from: a.ledger)
        remarks = Self.remarks(a.header, b.header)
        var bootstrap = Bootstrap(seed: 1)
        // In virtual time they are the script's.
        latencies = (a.header.world == .live ? Latency.allCases : []).flatMap { latency -> [LatencyComparison] in
            let (before, after) = (a.population(latency), b.population(latency))
            guard before.count + after.count > 0 else { return [] }
            // A percentile that neither side has enough samples for tells nothing.
            return LatencyComparison.perMilles.filter { perMille in
                [before, after].contains { $0.percentile(perMille: perMille).microseconds != nil }
            }.map { perMille in
                LatencyComparison(latency, perMille: perMille, before, after, tolerance: tolerance, &bootstrap)
            }
        }
    }

    public var isWorse: Bool { latencies.contains { $0.verdict == .worse } }

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
