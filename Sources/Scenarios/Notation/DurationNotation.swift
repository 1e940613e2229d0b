internal import Base

extension Notation where Value == Span {
    /// `40ms`, `90s`, `1h30m`, `1.5s`: numbers with units, the larger unit first.
    static let duration: Notation = Notation(
        name: "duration",
        documentation: "A length of time: numbers with the units d, h, m, s, ms or us, the larger unit first.",
        pattern: durationPattern,
        examples: ["40ms", "90s", "1h30m", "1.5s"],
        parse: { text throws(NotationProblem) in try DurationText.parse(text) }
    )
}

/// Each unit at most once and in order; the look-ahead refuses the empty text.
let durationPattern =
    #"(?=\d)"# + Span.units.map { #"(?:\d+(?:\.\d+)?\#($0.name))?"# }.joined()

enum DurationText {
    static func parse(_ text: Substring) throws(NotationProblem) -> Span {
        do throws(Span.NotationProblem) {
            return try Span(parsing: text)
        } catch {
            throw problem(error, of: text)
        }
    }

    static func text(_ span: Span) -> String { span.notation }

    private static func problem(_ problem: Span.NotationProblem, of text: Substring) -> NotationProblem {
        let joined = text.filter { !$0.isWhitespace }
        if joined.count < text.count, (try? Span(parsing: joined[...])) != nil {
            return NotationProblem(
                message: "the duration '\(text.shortened)' has a blank in it",
                help: "write it as \(joined)"
            )
        }
        let duration = "the duration '\(text.shortened)'"
        let names = Span.units.map(\.name).joined(separator: ", ")
        return switch problem {
        case .notOne: Notation.duration.notOne(text)
        case .tooLong: NotationProblem(message: "\(duration) is longer than 10000d")
        case .tooManyDecimals: NotationProblem(message: "\(duration) has more than six decimals")
        case .tooFine: NotationProblem(message: "\(duration) is finer than a microsecond")
        case .noUnit:
            NotationProblem(
                message: "\(duration) has no unit",
                help: "write it as \(text.shortened)s, or with one of \(names)"
            )
        case .unitsOutOfOrder:
            NotationProblem(
                message: "the units of '\(text.shortened)' are not in order",
                help: "larger units come first, each once"
            )
        case .unknownUnit(let unit):
            NotationProblem(
                message: "'\(unit.trimmed.shortened)' is not a unit of time",
                help: "known units: \(names)"
            )
        }
    }
}
