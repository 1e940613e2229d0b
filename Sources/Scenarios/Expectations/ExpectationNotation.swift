import DemandResponse
import Measures

extension Notation where Value == ParsedExpectation {
    static let expectation: Notation = Notation(
        name: "expectation",
        documentation: """
            metric{label:value,…}.statistic operator value [within duration]. \
            Metrics: \(Metric.allCases.map(\.name).joined(separator: ", ")). \
            Statistics of latencies: \(Statistic.allCases.map(\.rawValue).joined(separator: ", ")), count. \
            Labels: \(Label.allCases.map(\.rawValue).joined(separator: ", ")). \
            Or an order, of each customer in each incident: never EVENT after EVENT, EVENT before EVENT, of whoever has the second. \
            Events: \(Moment.allCases.map(\.rawValue).joined(separator: ", ")).
            """,
        pattern: expectationPattern,
        examples: [
            "dispatches == 1004", "acknowledged{program:1} >= 94% within 10m", "acknowledgement_latency.p90 < 7m",
            #"message{customer:1} contains "full curtailment plan""#, "never text after acknowledged",
        ],
        parse: { text throws(NotationProblem) in try ExpectationParser.parse(text) }
    )
}

/// One branch for each way in which metrics, labels, statistics and values go together, made from the metrics themselves.
private let expectationPattern: String = {
    let integer = #"\d{1,15}"#
    let within = #"(?:\s+within\s+\#(durationPattern))?"#
    let operators = Expectation.Comparison.allCases.filter { $0 != .contains }.map(\.rawValue)
    func compared(with value: String) -> String {
        #"\s*(?:\#(operators.joined(separator: "|")))\s*\#(value)"#
    }
    let statistics = Statistic.allCases.map { $0.rawValue.replacing(".", with: #"\."#) }
    func rest(of metric: Metric) -> String {
        switch metric {
        case .records, .customers, .refused:
            guard metric.canBeShare else { return compared(with: integer) }
            return compared(with: "(?:\(integer)|\(sharePattern))") + (metric.takesWithin ? within : "")
        case .latency:
            return #"(?:\.(?:\#(statistics.joined(separator: "|")))"# + compared(with: durationPattern)
                + #"|\.count"# + compared(with: integer) + ")"
        case .message: return #"\s*contains\s*"[^"]+""#
        }
    }
    // Those that are written alike share a branch.
    var branches: [(names: [String], rest: String)] = []
    for metric in Metric.allCases {
        let tail = labelsPattern(metric.labels) + rest(of: metric)
        if let index = branches.firstIndex(where: { $0.rest == tail }) {
            branches[index].names.append(metric.name)
        } else {
            branches.append(([metric.name], tail))
        }
    }
    let all = branches.map { "(?:\($0.names.joined(separator: "|")))\($0.rest)" } + [orderPattern]
    return #"\s*(?:\#(all.joined(separator: "|")))\s*"#
}()

private let orderPattern: String = {
    var branches: [(names: [String], labels: [Label])] = []
    for moment in Moment.allCases {
        if let index = branches.firstIndex(where: { $0.labels == moment.labels }) {
            branches[index].names.append(moment.rawValue)
        } else {
            branches.append(([moment.rawValue], moment.labels))
        }
    }
    let events = branches.map { "(?:\($0.names.joined(separator: "|")))\(labelsPattern($0.labels))" }
    let event = "(?:\(events.joined(separator: "|")))"
    return #"(?:never\s+\#(event)\s+after\s+\#(event)|\#(event)\s+before\s+\#(event))"#
}()

private func labelsPattern(_ labels: [Label]) -> String {
    guard !labels.isEmpty else { return "" }
    let label = labels.map { label in
        let value =
            switch label {
            case .program, .customer: #"\d{1,15}"#
            case .modification, .attempt: #"\d{1,6}"#
            case .incident, .group: #"[^,}\s](?:[^,}]*[^,}\s])?"#
            case .channel: "(?:\(DispatchMethod.allCases.map(\.name).joined(separator: "|")))"
            }
        return #"\s*\#(label.rawValue)\s*:\s*\#(value)\s*"#
    }
    let any = "(?:\(label.joined(separator: "|")))"
    return #"(?:\{\#(any)(?:,\#(any))*\})?"#
}
