public import Base
internal import DemandResponse
public import DispatchStore
public import Measures
public import Scenarios

/// Holds a scenario's expectations against what a record says.
public struct ExpectationEvaluator {
    let measurements: Measurements
    /// On the wall's clock: what is known to fall short is so until a day.
    private let now: Timestamp
    /// The message that a customer got, by customer and, if asked for, incident; `nil`: there is none.
    private let messages: (Selection) throws -> [String]
    /// When an event befell each of some customers in an incident, in the order of time.
    let moments: (Order.Event, Set<Trace.Key>) throws -> [Trace.Key: [MomentPlace]]
    /// How an instant of the run is said to people.
    let clock: (Timestamp) -> String

    public init(
        _ measurements: Measurements,
        now: Timestamp,
        messages: @escaping (Selection) throws -> [String],
        moments: @escaping (Order.Event, Set<Trace.Key>) throws -> [Trace.Key: [MomentPlace]],
        clock: @escaping (Timestamp) -> String
    ) {
        self.measurements = measurements
        self.now = now
        self.messages = messages
        self.moments = moments
        self.clock = clock
    }

    public func evaluate(_ expectation: Expectation) throws -> ExpectationFinding {
        let outcome =
            switch expectation.claim {
            case .figure(let figure): try self.figure(figure)
            case .order(let order): try self.order(order)
            }
        return ExpectationFinding(
            line: expectation.location.line,
            text: expectation.text,
            observed: outcome.observed,
            held: outcome.held,
            explanation: outcome.explanation,
            known: expectation.known,
            knownIsOver: expectation.known?.isOver(at: now) ?? false
        )
    }

    private func figure(_ figure: Expectation.Figure) throws -> Outcome {
        switch figure.metric {
        case .records(let what):
            count(measurements.count(what, figure.selection, within: figure.within), of: "dispatches", figure)
        case .customers(let what):
            count(measurements.count(what, figure.selection, within: figure.within), of: "customers", figure)
        case .latency(let what): latency(measurements.latencies(what, figure.selection), figure)
        case .message: message(try messages(figure.selection), figure)
        case .refused: compare(measurements.history.refusals, figure)
        }
    }

    struct Outcome {
        var observed: String
        var held: Bool
        var explanation: String?
    }

    private func count(_ share: Measurements.Share, of what: String, _ figure: Expectation.Figure) -> Outcome {
        guard case .share(let bound) = figure.bound else { return compare(share.count, figure) }
        guard share.total > 0 else {
            return Outcome(
                observed: ExpectationFinding.nothing,
                held: false,
                explanation: "no \(what) to take a share of"
            )
        }
        // Compared as products of integers: exact at any size.
        let left = share.count * 1_000_000
        let right = bound.partsPerMillion * share.total
        return Outcome(
            observed: "\(share.percentText) (\(share.count) of \(share.total))",
            held: figure.comparison.holds(left, right)
        )
    }

    private func compare(_ observed: Int, _ figure: Expectation.Figure) -> Outcome {
        guard case .count(let bound) = figure.bound else {
            return Outcome(observed: "\(observed)", held: false, explanation: "not comparable with the bound")
        }
        return Outcome(observed: "\(observed)", held: figure.comparison.holds(observed, bound))
    }

    private func latency(_ population: Population, _ figure: Expectation.Figure) -> Outcome {
        guard let statistic = figure.statistic else { return compare(population.count, figure) }
        switch (population.value(statistic), figure.bound) {
        case (.span(let span), .span(let bound)):
            return Outcome(observed: Units.text(span), held: figure.comparison.holds(span, bound))
        case (.never, .span):
            let isLarger = figure.comparison == .greater || figure.comparison == .greaterOrEqual
            return Outcome(
                observed: "never",
                held: isLarger || figure.comparison == .notEqual,
                explanation: "\(population.endless) of \(population.count) never came to an end"
            )
        case (.withheld(let needed), _):
            return Outcome(
                observed: ExpectationFinding.withheld,
                held: false,
                explanation: "\(population.count) samples cannot carry \(statistic.rawValue): it needs \(needed)"
            )
        case (.empty, _), (_, _):
            return Outcome(observed: ExpectationFinding.nothing, held: false, explanation: "there are no samples")
        }
    }

    private func message(_ messages: [String], _ figure: Expectation.Figure) -> Outcome {
        guard case .text(let bound) = figure.bound else {
            return Outcome(observed: "", held: false, explanation: "not comparable with the bound")
        }
        guard let first = messages.first else {
            return Outcome(observed: ExpectationFinding.nothing, held: false, explanation: "there is no message")
        }
        let other = messages.first { !figure.comparison.holds($0, bound) }
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
