internal import Analysis
internal import Base
internal import DispatchStore
internal import Measures

/// A comparison for programs: what ``ComparisonReport`` says, as JSON with spans in microseconds.
public struct ComparisonDocument: Sendable {
    private let suite: SuiteComparison

    public init(_ suite: SuiteComparison) { self.suite = suite }

    /// The document, ending in a line feed.
    public var text: String {
        let document = JSON.object([
            "version": JSON(1),
            "decisions_differ": .bool(suite.decisionsDiffer),
            "worse": .bool(suite.isWorse),
            "scenarios": .array(suite.runs.map { Self.scenario($0.name, $0.comparison) }),
            "only_in_a": .array(suite.onlyInA.map { .string($0) }),
            "only_in_b": .array(suite.onlyInB.map { .string($0) }),
        ])
        return document.document()
    }

    private static func scenario(_ name: String, _ comparison: RunComparison) -> JSON {
        .object([
            "name": .string(comparison.b[0].name),
            "folder": name.isEmpty ? .null : .string(name),
            "world": .string(comparison.b[0].world.rawValue),
            "runs_of_a": JSON(comparison.a.count),
            "runs_of_b": JSON(comparison.b.count),
            "remarks": .array(comparison.remarks.map { .string($0) }),
            "differences": .array(comparison.differences.map { .string($0.text) }),
            "latencies": .array(comparison.latencies.map(latency)),
        ])
    }

    private static func latency(_ comparison: LatencyComparison) -> JSON {
        .object([
            "latency": .string(comparison.latency.rawValue),
            "percentile": .string(comparison.name),
            "a_microseconds": microseconds(comparison.a.microseconds),
            "b_microseconds": microseconds(comparison.b.microseconds),
            "later_by_at_least_microseconds": microseconds(comparison.interval?.lowerBound),
            "later_by_at_most_microseconds": microseconds(comparison.interval?.upperBound),
            "is_certain_of_bounds": .bool(comparison.interval != nil),
            "verdict": .string(comparison.verdict.rawValue),
        ])
    }

    /// Null where there is no value, or where it is that of what never happened.
    private static func microseconds(_ value: Double?) -> JSON {
        guard let value, value.isFinite else { return .null }
        return .integer(Int64(value.rounded()))
    }
}
