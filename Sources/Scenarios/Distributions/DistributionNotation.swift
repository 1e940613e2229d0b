internal import Base

/// A distribution as written: of a file of measurements only the name is known before it is read.
enum WrittenDistribution: Sendable, Equatable {
    case known(Distribution)
    /// `offset`: where the file's name stands in the text.
    case empirical(file: String, offset: Int)
}

extension Notation where Value == WrittenDistribution {
    /// `2s`, `uniform(1s, 3s)`, `lognormal(median 90s, p95 6m)`, ….
    static let distribution: Notation = Notation(
        name: "distribution",
        documentation: "What a length of time is drawn from: a duration (always the same) or a named distribution.",
        pattern: "(?:\(durationPattern)|\(Family.all.map(\.pattern).joined(separator: "|"))|"
            + "\(Family.all.compactMap(\.flowHead).joined(separator: "|"))|"
            + #"empirical\(\s*[^()]*[^()\s]\s*\))"#,
        examples: [
            "2s", "uniform(1s, 3s)", "exponential(mean 5s)", "lognormal(median 90s, p95 6m)", "normal(mean 5s, sd 1s)",
            "empirical(measured.csv)",
        ],
        flowTail: "(?:\(Family.all.compactMap(\.flowTail).joined(separator: "|")))",
        parse: { text throws(NotationProblem) in try parse(text) }
    )

    private static func parse(_ text: Substring) throws(NotationProblem) -> WrittenDistribution {
        guard let open = text.firstIndex(of: "("), text.first?.isWhitespace == false else {
            guard text.utf8.first?.isDigit == true else { throw unknown(text, of: text) }
            return .known(.constant(try DurationText.parse(text)))
        }
        let name = text[..<open].trimmed
        let inner = text[text.index(after: open)...]
        guard inner.last == ")" else {
            throw NotationProblem(message: "'\(text.shortened)' does not end with ')'")
        }
        let arguments = inner.dropLast()
        if name == "empirical" {
            let file = arguments.trimmed
            guard !file.isEmpty else { throw notOne(text) }
            guard !file.contains(where: { "()".contains($0) }) else {
                throw NotationProblem(
                    message: "the file's name '\(file.shortened)' has parentheses in it",
                    offset: text.offset(of: file),
                    help: "rename the file, as empirical(measured.csv)"
                )
            }
            return .empirical(file: String(file), offset: text.offset(of: file))
        }
        guard let family = Family.all.first(where: { $0.name == name }) else { throw unknown(name, of: text) }
        return .known(try family.parse(arguments, in: text))
    }

    private static func notOne(_ text: Substring) -> NotationProblem { distribution.notOne(text) }

    private static func unknown(_ name: Substring, of text: Substring) -> NotationProblem {
        let names = Family.all.map(\.name) + ["empirical"]
        return NotationProblem(
            message: "'\(name.shortened)' is not a distribution",
            help: Spelling.help(String(name), among: names, called: "distributions")
        )
    }
}

/// A named distribution with two or fewer parameters, each a duration after a word.
private struct Family: Sendable {
    var name: String
    /// The words before the parameters; empty: none.
    var words: [String]
    /// `nil` if the parameters contradict each other, which `rule` explains.
    var make: @Sendable ([Span]) -> Distribution?
    var rule: String

    static let all = [
        Family(
            name: "uniform",
            words: ["", ""],
            make: { $0[0] <= $0[1] ? .uniform($0[0], $0[1]) : nil },
            rule: "the first must not exceed the second"
        ),
        Family(
            name: "exponential",
            words: ["mean"],
            make: { $0[0] > .zero ? .exponential(mean: $0[0]) : nil },
            rule: "the mean must be more than zero"
        ),
        Family(
            name: "lognormal",
            words: ["median", "p95"],
            make: { $0[0] > .zero && $0[0] <= $0[1] ? .lognormal(median: $0[0], p95: $0[1]) : nil },
            rule: "the median must be more than zero and not exceed p95"
        ),
        Family(
            name: "normal",
            words: ["mean", "sd"],
            make: { .normal(mean: $0[0], standardDeviation: $0[1]) },
            rule: ""
        ),
    ]

    private var parameters: [String] {
        words.map { $0.isEmpty ? durationPattern : #"\#($0)\s+\#(durationPattern)"# }
    }

    private var opening: String { #"\#(name)\s*\(\s*"# }

    var pattern: String { opening + parameters.joined(separator: #"\s*,\s*"#) + #"\s*\)"# }

    /// What an editor's YAML sees of it in `{…}`: a value up to the comma and a key after it.
    var flowHead: String? { parameters.count == 2 ? opening + parameters[0] : nil }
    var flowTail: String? { parameters.count == 2 ? parameters[1] + #"\s*\)"# : nil }

    var usage: String {
        let letters = ["a", "b"]
        let parameters = words.indices.map { words[$0].isEmpty ? letters[$0] : "\(words[$0]) \(letters[$0])" }
        return "\(name)(\(parameters.joined(separator: ", ")))"
    }

    /// With the durations that were given, if they are as many as it takes, whatever stands between them.
    private func cure(of arguments: Substring) -> String {
        let given = arguments.split { !$0.isLetter && !$0.isNumber && $0 != "." }
            .map { String($0.trimmingPrefix("..")) }.filter { (try? DurationText.parse($0[...])) != nil }
        guard given.count == words.count else { return "write it as \(usage)" }
        let parameters = zip(words, given).map { $0.isEmpty ? $1 : "\($0) \($1)" }
        return "write \(name)(\(parameters.joined(separator: ", ")))"
    }

    func parse(_ arguments: Substring, in text: Substring) throws(NotationProblem) -> Distribution {
        let parts = arguments.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
        guard parts.count == words.count else {
            throw NotationProblem(message: "\(name) takes \(words.count) parameters", help: cure(of: arguments))
        }
        var spans: [Span] = []
        for (word, part) in zip(words, parts) {
            let offset = text.offset(of: part)
            var value = part
            if !word.isEmpty {
                guard part.hasPrefix(word), part.dropFirst(word.count).first?.isWhitespace == true else {
                    throw NotationProblem(
                        message: "expected '\(word)' and a duration, found '\(part.shortened)'",
                        offset: offset,
                        help: "write it as \(usage)"
                    )
                }
                value = part.dropFirst(word.count).trimmed
            }
            do throws(NotationProblem) {
                spans.append(try DurationText.parse(value))
            } catch {
                throw error.shifted(by: text.offset(of: value))
            }
        }
        guard let distribution = make(spans) else {
            throw NotationProblem(message: "\(text.shortened): \(rule)")
        }
        return distribution
    }
}
