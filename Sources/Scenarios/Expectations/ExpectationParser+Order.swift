internal import Base
import DemandResponse
import Measures

extension ExpectationParser {
    /// Whether the text is meant to say an order: it begins with `never`, or has one of the words that stand between two events, be it
    /// misspelt where it would stand.
    var isOfOrder: Bool {
        let outside = text.prefix { $0 != "\"" }.split(separator: "{", omittingEmptySubsequences: false).enumerated()
            .map {
                $0.offset == 0 ? $0.element : $0.element.drop { $0 != "}" }.dropFirst()
            }
        let words = outside.flatMap { $0.split(whereSeparator: \.isWhitespace) }
        let kinds = Order.Kind.allCases.map(\.rawValue)
        return words.first == "never" || words.dropFirst().contains { kinds.contains(String($0)) }
            || words.dropFirst().first.flatMap { Spelling.nearest(to: String($0), among: kinds) } != nil
    }

    mutating func parseOrder() throws(NotationProblem) -> ParsedExpectation {
        var offsets: [Label: Int] = [:]
        var selection = Selection()
        let start = rest
        let isNever = take(while: \.isLetter) == "never"
        if !isNever { rest = start }
        let first = try parseEvent(orElse: isNever ? [] : ["never"], &selection, &offsets)
        let kind = try parseKind(isNever: isNever)
        let second = try parseEvent(orElse: [], &selection, &offsets)
        skipBlanks()
        guard rest.isEmpty else {
            throw problem("'\(rest.shortened)' follows the second event", at: rest, help: "nothing can")
        }
        guard kind == .never || first != second else {
            throw problem(
                "nothing happens before itself",
                at: start,
                help: "two events, as acknowledged before cancelled"
            )
        }
        let order = Order(kind, first, second, selection: selection)
        return ParsedExpectation(expectation: Expectation(text: String(text), .order(order)), labelOffsets: offsets)
    }

    private mutating func parseKind(isNever: Bool) throws(NotationProblem) -> Order.Kind {
        skipBlanks()
        let word = take { !$0.isWhitespace }
        let wanted: Order.Kind = isNever ? .never : .before
        guard word == wanted.rawValue else {
            throw problem(
                word.isEmpty
                    ? "expected '\(wanted.rawValue)'" : "expected '\(wanted.rawValue)', found '\(word.shortened)'",
                at: word.isEmpty ? rest : word,
                help: "an order is written as never text after acknowledged, or acknowledged before cancelled"
            )
        }
        return wanted
    }

    /// - Parameters:
    ///   - others: words that may stand in its place.
    ///   - selection: what the labels of both events say of customers and incidents.
    private mutating func parseEvent(
        orElse others: [String],
        _ selection: inout Selection,
        _ offsets: inout [Label: Int]
    ) throws(NotationProblem) -> Order.Event {
        skipBlanks()
        let word = take { $0.isLetter || $0 == "_" }
        guard let moment = Moment(rawValue: String(word)) else {
            throw unknown(word, "event", others + Moment.allCases.map(\.rawValue))
        }
        var labels = selection
        (labels.channel, labels.modification) = (nil, nil)
        let taken = offsets.filter { Label.ofCustomers.contains($0.key) }
        offsets = try parseLabels(
            of: moment.rawValue,
            moment.labels,
            refusal: "is not told apart by",
            into: &labels,
            after: taken
        )
        let event = Order.Event(moment, channel: moment.channel ?? labels.channel, modification: labels.modification)
        (labels.channel, labels.modification) = (nil, nil)
        selection = labels
        return event
    }
}
