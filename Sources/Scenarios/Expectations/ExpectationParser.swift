internal import Base
import DemandResponse
import Measures

/// An expectation with the places, in its text, of what can only be checked against the rest of the file.
struct ParsedExpectation: Sendable, Equatable {
    var expectation: Expectation
    var labelOffsets: [Label: Int]
}

/// Reads `metric{label:value,…}.statistic operator value [within duration]`, and what is said of an order.
struct ExpectationParser {
    let text: Substring
    var rest: Substring

    init(_ text: Substring) {
        self.text = text
        self.rest = text.trimmed
    }

    static func parse(_ text: Substring) throws(NotationProblem) -> ParsedExpectation {
        var parser = ExpectationParser(text)
        return parser.isOfOrder ? try parser.parseOrder() : try parser.parse()
    }

    private mutating func parse() throws(NotationProblem) -> ParsedExpectation {
        let metric = try parseMetric()
        var selection = Selection()
        let offsets = try parseLabels(of: metric.name, metric.labels, refusal: "is not counted by", into: &selection)
        let statistic = try parseStatistic(of: metric)
        let comparison = try parseComparison(of: metric)
        let bound = try parseBound(of: metric, statistic)
        let within = try parseWithin(of: metric)
        let figure = Expectation.Figure(
            metric,
            in: selection,
            statistic: statistic,
            comparison,
            bound,
            within: within
        )
        return ParsedExpectation(
            expectation: Expectation(text: String(text), .figure(figure)),
            labelOffsets: offsets
        )
    }

    private mutating func parseMetric() throws(NotationProblem) -> Metric {
        let word = take { $0.isLetter || $0 == "_" }
        guard let metric = Metric(name: word) else { throw unknown(word, "metric", Metric.allCases.map(\.name)) }
        return metric
    }

    /// - Parameters:
    ///   - name: what the labels stand at.
    ///   - known: those that it may have.
    ///   - refusal: what is said of the others.
    ///   - taken: labels that the text has had already, and where.
    /// - Returns: where the value of each label stands, those included.
    mutating func parseLabels(
        of name: String,
        _ known: [Label],
        refusal: String,
        into selection: inout Selection,
        after taken: [Label: Int] = [:]
    ) throws(NotationProblem) -> [Label: Int] {
        var offsets = taken
        guard skip("{") else { return offsets }
        repeat {
            skipBlanks()
            let word = take { $0.isLetter || $0 == "_" }
            guard let label = Label(rawValue: String(word)) else {
                throw unknown(word, "label", Label.allCases.map(\.rawValue))
            }
            guard known.contains(label) else {
                let known = known.map(\.rawValue).joined(separator: ", ")
                throw problem(
                    "\(name) \(refusal) \(label.rawValue)",
                    at: word,
                    help: known.isEmpty ? "it has no labels: leave the braces out" : "its labels: \(known)"
                )
            }
            guard offsets[label] == nil else { throw problem("the label '\(word)' stands twice", at: word) }
            skipBlanks()
            guard skip(":") else {
                throw problem(
                    "expected ':' and a value after the label '\(word)'",
                    at: rest,
                    help: cure(of: label)
                )
            }
            skipBlanks()
            let value = take { $0 != "," && $0 != "}" }.trimmed
            try selection.set(label, to: value) { (message, help) in problem(message, at: value, help: help) }
            offsets[label] = text.offset(of: value)
        } while skip(",")
        guard skip("}") else { throw problem("the labels do not end with '}'", at: rest) }
        return offsets
    }

    private mutating func parseStatistic(of metric: Metric) throws(NotationProblem) -> Statistic? {
        let known = Statistic.allCases.map(\.rawValue) + ["count"]
        let isLatency = if case .latency = metric { true } else { false }
        guard skip(".") else {
            guard !isLatency else {
                throw problem(
                    "\(metric.name) needs a statistic",
                    at: rest,
                    help: "as \(metric.name).p95; known statistics: \(known.joined(separator: ", "))"
                )
            }
            return nil
        }
        let word = take { $0.isLetter || $0.isNumber || $0 == "." }
        guard known.contains(String(word)) else { throw unknown(word, "statistic", known) }
        guard isLatency else {
            let latencies = Latency.allCases.map(\.rawValue)
            throw problem(
                "\(metric.name) is no latency and has no \(word)",
                at: word,
                help: "statistics are those of \(latencies.joined(separator: ", "))"
            )
        }
        return Statistic(rawValue: String(word))
    }

    private mutating func parseComparison(of metric: Metric) throws(NotationProblem) -> Expectation.Comparison {
        skipBlanks()
        let isWord = rest.first?.isLetter == true
        let word = take { isWord ? $0.isLetter : "=!<>".contains($0) }
        let known = Expectation.Comparison.allCases.filter { ($0 == .contains) == (metric == .message) }
        guard let comparison = known.first(where: { $0.rawValue == word }) else {
            let help = "\(metric.name) is compared with \(known.map(\.rawValue).joined(separator: " "))"
            throw problem(
                word.isEmpty ? "expected a comparison" : "'\(word)' does not compare \(metric.name)",
                at: word,
                help: help
            )
        }
        return comparison
    }

    private mutating func parseWithin(of metric: Metric) throws(NotationProblem) -> Span? {
        skipBlanks()
        guard !rest.isEmpty else { return nil }
        let word = take { !$0.isWhitespace }
        guard word == "within" else {
            throw problem("'\(word.shortened)' follows the value", at: word, help: "only 'within' and a duration can")
        }
        guard metric.takesWithin else {
            let takers = Metric.allCases.filter(\.takesWithin).map(\.name)
            throw problem(
                "\(metric.name) takes no 'within'",
                at: word,
                help: "only \(takers.joined(separator: " and ")) do"
            )
        }
        skipBlanks()
        let duration = rest
        rest = rest[rest.endIndex...]
        return try span(duration)
    }
}

extension ExpectationParser {
    private mutating func parseBound(
        of metric: Metric,
        _ statistic: Statistic?
    ) throws(NotationProblem) -> Expectation.Bound {
        skipBlanks()
        if metric == .message { return .text(try quoted()) }
        let word = take { !$0.isWhitespace }
        if case .latency = metric, let statistic {
            guard word.last != "%", !word.utf8.allSatisfy(\.isDigit) else {
                let name = "\(metric.name).\(statistic.rawValue)"
                throw problem(
                    "\(name) is compared with a duration, not with '\(word)'",
                    at: word,
                    help: "as 7m or 250ms"
                )
            }
            return .span(try span(word))
        }
        let name = if case .latency = metric { metric.name + ".count" } else { metric.name }
        if word.last == "%" {
            guard metric.canBeShare else {
                let shares = Metric.allCases.filter(\.canBeShare).map(\.name).joined(separator: ", ")
                throw problem("\(name) is a count and has no percentage", at: word, help: "\(shares) have")
            }
            do throws(NotationProblem) {
                return .share(try Notation.percentage.parse(word))
            } catch {
                throw error.shifted(by: text.offset(of: word))
            }
        }
        guard word.utf8.allSatisfy(\.isDigit), !word.isEmpty, word.utf8.count <= 15, let count = Int(word) else {
            let allowed = metric.canBeShare ? "a number or a percentage" : "a number"
            throw problem("\(name) is compared with \(allowed), not with '\(word.shortened)'", at: word)
        }
        return .count(count)
    }

    private mutating func quoted() throws(NotationProblem) -> String {
        let start = rest
        guard skip("\""), let end = rest.firstIndex(of: "\""), end > rest.startIndex else {
            throw problem("expected text in double quotes", at: start)
        }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[..<end])
    }

    /// `incident="peak"`, as other tools have it.
    private func cure(of label: Label) -> String {
        let value = rest.drop { "= ".contains($0) }.prefix { !",}".contains($0) }.filter { !"\"'".contains($0) }
        guard rest.first == "=", !value.isEmpty else { return "a label is written as program:1 or incident:peak" }
        return "write \(label.rawValue):\(value.trimmingPrefix(" "))"
    }

    private func span(_ word: Substring) throws(NotationProblem) -> Span {
        do throws(NotationProblem) {
            return try DurationText.parse(word)
        } catch {
            throw error.shifted(by: text.offset(of: word))
        }
    }

    func problem(_ message: String, at place: Substring, help: String? = nil) -> NotationProblem {
        NotationProblem(message: message, offset: text.offset(of: place), help: help)
    }

    func unknown(_ word: Substring, _ kind: String, _ known: [String]) -> NotationProblem {
        let article = "aeiou".contains(kind.prefix(1)) ? "an" : "a"
        return problem(
            word.isEmpty ? "expected \(article) \(kind)" : "unknown \(kind) '\(word.shortened)'",
            at: word.isEmpty ? rest : word,
            help: Spelling.help(String(word), among: known, called: "\(kind)s")
        )
    }

    mutating func take(while isPart: (Character) -> Bool) -> Substring {
        let word = rest.prefix(while: isPart)
        rest = rest[word.endIndex...]
        return word
    }

    mutating func skipBlanks() {
        _ = take(while: \.isWhitespace)
    }

    private mutating func skip(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }
}

extension Selection {
    fileprivate mutating func set(
        _ label: Label,
        to value: Substring,
        problem: (String, String?) -> NotationProblem
    ) throws(NotationProblem) {
        guard !value.isEmpty else { throw problem("the label '\(label.rawValue)' has no value", nil) }
        switch label {
        case .program, .customer:
            guard value.utf8.allSatisfy(\.isDigit), value.utf8.count <= 15, let id = Int(value) else {
                throw problem("'\(value.shortened)' is not the id of a \(label.rawValue)", "ids are integers")
            }
            if label == .program { program = id } else { customer = id }
        case .modification, .attempt:
            let least = label == .attempt ? 1 : 0
            guard value.utf8.allSatisfy(\.isDigit), value.utf8.count <= 6, let number = Int(value), number >= least
            else {
                throw problem(
                    "'\(value.shortened)' is not the number of \(label == .attempt ? "an" : "a") \(label.rawValue)",
                    "they count from \(least)"
                )
            }
            if label == .modification { modification = number } else { attempt = number }
        case .incident:
            incident = String(value)
        case .group:
            group = String(value)
        case .channel:
            guard let method = DispatchMethod(name: String(value)) else {
                let known = DispatchMethod.allCases.map(\.name)
                throw problem(
                    "'\(value.shortened)' is not a channel",
                    Spelling.help(String(value), among: known, called: "channels")
                )
            }
            channel = method
        }
    }
}
