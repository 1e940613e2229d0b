import DemandResponse

extension Notation where Value == ParsedExpectation {
    static let expectation: Notation = Notation(
        name: "expectation",
        documentation: """
            metric{label:value,…}.statistic operator value [within duration]. \
            Metrics: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")). \
            Statistics of latencies: \(Statistic.allCases.map(\.rawValue).joined(separator: ", ")). \
            Labels: \(Expectation.Label.allCases.map(\.rawValue).joined(separator: ", ")).
            """,
        pattern: expectationPattern,
        examples: [
            "dispatches == 1004", "acknowledged{program:1} >= 94% within 10m", "acknowledgement_latency.p90 < 7m",
            #"message{customer:1} contains "full curtailment plan""#,
        ],
        parse: { text throws(NotationProblem) in try ExpectationParser.parse(text) }
    )
}

/// One branch for each way in which metrics, statistics and values go together, made from the metrics themselves.
private let expectationPattern: String = {
    let integer = #"\d{1,15}"#
    let within = #"(?:\s+within\s+\#(durationPattern))?"#
    let operators = Expectation.Comparison.allCases.filter { $0 != .contains }.map(\.rawValue)
    func metrics(_ isMember: (Metric) -> Bool) -> String {
        "(?:\(Metric.allCases.filter(isMember).map(\.rawValue).joined(separator: "|")))" + labelsPattern
    }
    func compared(with value: String) -> String {
        #"\s*(?:\#(operators.joined(separator: "|")))\s*\#(value)"#
    }
    let isCount: (Metric) -> Bool = { $0.kind != .latency && $0.kind != .text }
    let statistics = Statistic.allCases.filter { $0 != .count }.map { $0.rawValue.replacing(".", with: #"\."#) }
    let branches = [
        metrics { isCount($0) && !$0.canBeShare } + compared(with: integer),
        metrics { $0.canBeShare && !$0.takesWithin } + compared(with: "(?:\(integer)|\(sharePattern))"),
        metrics { $0.takesWithin } + compared(with: "(?:\(integer)|\(sharePattern))") + within,
        metrics { $0.kind == .latency } + #"\.(?:\#(statistics.joined(separator: "|")))"#
            + compared(with: durationPattern),
        metrics { $0.kind == .latency } + #"\.count"# + compared(with: integer),
        metrics { $0.kind == .text } + #"\s*contains\s*"[^"]+""#,
    ]
    return #"\s*(?:\#(branches.joined(separator: "|")))\s*"#
}()

private let labelsPattern: String = {
    let label = Expectation.Label.allCases.map { label in
        let value =
            switch label {
            case .program, .customer: #"\d{1,15}"#
            case .incident: #"[^,}\s](?:[^,}]*[^,}\s])?"#
            case .channel: "(?:\(DispatchMethod.allCases.map(\.name).joined(separator: "|")))"
            }
        return #"\s*\#(label.rawValue)\s*:\s*\#(value)\s*"#
    }
    let any = "(?:\(label.joined(separator: "|")))"
    return #"(?:\{\#(any)(?:,\#(any))*\})?"#
}()
