public import Base

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
    #"(?=\d)"# + DurationText.units.map { #"(?:\d+(?:\.\d+)?\#($0.name))?"# }.joined()

enum DurationText {
    static let units: [(name: String, microseconds: Int64)] = [
        ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000), ("ms", 1_000), ("us", 1),
    ]

    /// About 27 years: far from what would overflow anywhere.
    private static let longest = Span.hours(24 * 10_000)

    static func parse(_ text: Substring) throws(NotationProblem) -> Span {
        var rest = text.utf8[...]
        var total = Span.zero
        var remaining = units[...]
        repeat {
            let number = rest.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
            rest = rest.dropFirst(number.count)
            let name = rest.prefix { !$0.isDigit }
            rest = rest.dropFirst(name.count)
            guard let index = remaining.firstIndex(where: { Substring(name) == $0.name }) else {
                throw problem(text, unit: Substring(name))
            }
            total = total + (try parse(Substring(number), unit: remaining[index].microseconds, of: text))
            guard total <= longest else {
                throw NotationProblem(message: "the duration '\(text.shortened)' is longer than 10000d")
            }
            remaining = remaining[(index + 1)...]
        } while !rest.isEmpty
        return total
    }

    /// A length as a person would write it: `40ms`, `83.412345s`, `90s`, `1h30m`.
    static func text(_ span: Span) -> String {
        let length = span.microseconds
        if length == 0 { return "0s" }
        if length < 1_000 { return "\(length)us" }
        if length < 1_000_000 { return Units.exact(length, per: 1_000) + "ms" }
        if length < 120_000_000, length % 60_000_000 != 0 { return Units.exact(length, per: 1_000_000) + "s" }
        var rest = length
        var text = ""
        for unit in units.prefix(3) {
            let count = rest / unit.microseconds
            rest %= unit.microseconds
            if count > 0 { text += "\(count)\(unit.name)" }
        }
        return rest > 0 ? text + Units.exact(rest, per: 1_000_000) + "s" : text
    }

    private static func parse(
        _ number: Substring,
        unit: Int64,
        of text: Substring
    ) throws(NotationProblem) -> Span {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
            throw Notation.duration.notOne(text)
        }
        guard let whole = Int64(parts[0]), whole <= longest.microseconds / unit + 1 else {
            throw NotationProblem(message: "the duration '\(text.shortened)' is longer than 10000d")
        }
        guard parts.count == 2 else { return .microseconds(whole * unit) }
        guard parts[1].count <= 6, let fraction = Int64(parts[1]) else {
            throw NotationProblem(message: "the duration '\(text.shortened)' has more than six decimals")
        }
        let scale = Int64(10).raised(to: parts[1].count)
        let (span, rest) = (fraction * unit).quotientAndRemainder(dividingBy: scale)
        guard rest == 0 else {
            throw NotationProblem(message: "the duration '\(text.shortened)' is finer than a microsecond")
        }
        return .microseconds(whole * unit + span)
    }

    private static func problem(_ text: Substring, unit: Substring) -> NotationProblem {
        guard text.utf8.first?.isDigit == true else { return Notation.duration.notOne(text) }
        let joined = text.filter { !$0.isWhitespace }
        if joined.count < text.count, (try? parse(joined[...])) != nil {
            return NotationProblem(
                message: "the duration '\(text.shortened)' has a blank in it",
                help: "write it as \(joined)"
            )
        }
        let names = units.map(\.name)
        if unit.isEmpty {
            return NotationProblem(
                message: "the duration '\(text.shortened)' has no unit",
                help: "write it as \(text.shortened)s, or with one of \(names.joined(separator: ", "))"
            )
        }
        let isKnown = names.contains(String(unit))
        return NotationProblem(
            message: isKnown
                ? "the units of '\(text.shortened)' are not in order"
                : "'\(unit.trimmed.shortened)' is not a unit of time",
            help: isKnown ? "larger units come first, each once" : "known units: \(names.joined(separator: ", "))"
        )
    }
}

extension Int64 {
    fileprivate func raised(to power: Int) -> Int64 {
        (0..<power).reduce(1) { result, _ in result * self }
    }
}

extension Span {
    /// Reads a duration as scenarios write it: `90s`, `1h30m`, `90d`; `nil` for anything else.
    public init?(notation text: String) {
        guard let span = try? DurationText.parse(Substring(text)) else { return nil }
        self = span
    }
}
