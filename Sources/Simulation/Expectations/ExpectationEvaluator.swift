internal import Base
internal import DemandResponse
public import DispatchStore
public import Measures
public import Scenarios

/// Holds a scenario's expectations against what a record says.
public struct ExpectationEvaluator {
    private let measurements: Measurements
    /// The message that a customer got, by customer and, if asked for, incident; `nil`: there is none.
    private let messages: (Selection) throws -> [String]

    public init(_ measurements: Measurements, messages: @escaping (Selection) throws -> [String]) {
        self.measurements = measurements
        self.messages = messages
    }

    public func evaluate(_ expectation: Expectation) throws -> ExpectationFinding {
        let selection = expectation.selection
        let outcome: Outcome
        switch expectation.metric {
        case .records(let what):
            let share = measurements.count(what, selection, within: expectation.within)
            outcome = count(share, of: "dispatches", expectation)
        case .customers(let what):
            let share = measurements.count(what, selection, within: expectation.within)
            outcome = count(share, of: "customers", expectation)
        case .latency(let what): outcome = latency(measurements.latencies(what, selection), expectation)
        case .message: outcome = message(try messages(selection), expectation)
        case .refused: outcome = compare(measurements.history.refusals, expectation)
        }
        return ExpectationFinding(
            line: expectation.location.line,
            text: expectation.text,
            observed: outcome.observed,
            held: outcome.held,
            explanation: outcome.explanation
        )
    }

    private struct Outcome {
        var observed: String
        var held: Bool
        var explanation: String?
    }

    private func count(_ share: Measurements.Share, of what: String, _ expectation: Expectation) -> Outcome {
        guard case .share(let bound) = expectation.bound else { return compare(share.count, expectation) }
        guard share.total > 0 else {
            return Outcome(observed: "none", held: false, explanation: "no \(what) to take a share of")
        }
        // Compared as products of integers: exact at any size.
        let left = share.count * 1_000_000
        let right = bound.partsPerMillion * share.total
        return Outcome(
            observed: "\(share.percentText) (\(share.count) of \(share.total))",
            held: expectation.comparison.holds(left, right)
        )
    }

    private func compare(_ observed: Int, _ expectation: Expectation) -> Outcome {
        guard case .count(let bound) = expectation.bound else {
            return Outcome(observed: "\(observed)", held: false, explanation: "not comparable with the bound")
        }
        return Outcome(observed: "\(observed)", held: expectation.comparison.holds(observed, bound))
    }

    private func latency(_ population: Population, _ expectation: Expectation) -> Outcome {
        guard let statistic = expectation.statistic else { return compare(population.count, expectation) }
        switch (population.value(statistic), expectation.bound) {
        case (.span(let span), .span(let bound)):
            return Outcome(observed: Units.text(span), held: expectation.comparison.holds(span, bound))
        case (.never, .span):
            let isLarger = expectation.comparison == .greater || expectation.comparison == .greaterOrEqual
            return Outcome(
                observed: "never",
                held: isLarger || expectation.comparison == .notEqual,
                explanation: "\(population.endless) of \(population.count) never came to an end"
            )
        case (.withheld(let needed), _):
            return Outcome(
                observed: "withheld",
                held: false,
                explanation: "\(population.count) samples cannot carry \(statistic.rawValue): it needs \(needed)"
            )
        case (.empty, _), (_, _):
            return Outcome(observed: "none", held: false, explanation: "there are no samples")
        }
    }

    private func message(_ messages: [String], _ expectation: Expectation) -> Outcome {
        guard case .text(let bound) = expectation.bound else {
            return Outcome(observed: "", held: false, explanation: "not comparable with the bound")
        }
        guard let first = messages.first else {
            return Outcome(observed: "none", held: false, explanation: "there is no message")
        }
        let other = messages.first { !expectation.comparison.holds($0, bound) }
        return Outcome(observed: "\"\(other ?? first)\"", held: other == nil)
    }
}

extension Expectation.Comparison {
    func holds<Value: Comparable>(_ observed: Value, _ bound: Value) -> Bool {
        switch self {
        case .equal: observed == bound
        case .notEqual: observed != bound
        case .less: observed < bound
        case .lessOrEqual: observed <= bound
        case .greater: observed > bound
        case .greaterOrEqual: observed >= bound
        case .contains: false
        }
    }

    func holds(_ observed: String, _ bound: String) -> Bool {
        switch self {
        case .contains: observed.contains(bound)
        case .equal: observed == bound
        case .notEqual: observed != bound
        case .less, .lessOrEqual, .greater, .greaterOrEqual: false
        }
    }
}

extension Measurements.Share {
    /// `97.3 %`, rounded down in the last digit, so that what is short of a bound never reads as if it reached it.
    var percentText: String {
        guard total > 0 else { return "–" }
        let perMille = count * 1_000 / total
        return perMille % 10 == 0 ? "\(perMille / 10) %" : "\(perMille / 10).\(perMille % 10) %"
    }
}
