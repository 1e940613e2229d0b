/// Spans as files and messages write them: numbers with the units d, h, m, s, ms or us, the larger unit first.
extension Span {
    /// What keeps a text from being read as a length of time.
    public enum NotationProblem: Error {
        case notOne, tooLong, tooManyDecimals, tooFine, noUnit, unitsOutOfOrder
        case unknownUnit(Substring)
    }

    public static let units: [(name: String, microseconds: Int64)] = [
        ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000), ("ms", 1_000), ("us", 1),
    ]

    /// About 27 years: far from what would overflow anywhere.
    private static let longest = Span.hours(24 * 10_000)

    /// Reads `90s`, `1h30m`, `90d`; `nil` for anything else.
    public init?(notation text: String) {
        guard let span = try? Span(parsing: text[...]) else { return nil }
        self = span
    }

    public init(parsing text: Substring) throws(NotationProblem) {
        var rest = text.utf8[...]
        var total = Span.zero
        var remaining = Self.units[...]
        repeat {
            let number = rest.prefix { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
            rest = rest.dropFirst(number.count)
            let name = Substring(rest.prefix { !Self.isDigit($0) })
            rest = rest.dropFirst(name.utf8.count)
            guard let index = remaining.firstIndex(where: { name == $0.name }) else {
                guard text.utf8.first.map(Self.isDigit) == true else { throw .notOne }
                if name.isEmpty { throw .noUnit }
                throw Self.units.contains { name == $0.name } ? .unitsOutOfOrder : .unknownUnit(name)
            }
            total = total + (try Self.parse(Substring(number), unit: remaining[index].microseconds))
            guard total <= Self.longest else { throw .tooLong }
            remaining = remaining[(index + 1)...]
        } while !rest.isEmpty
        self = total
    }

    private static func parse(_ number: Substring, unit: Int64) throws(NotationProblem) -> Span {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { throw .notOne }
        guard let whole = Int64(parts[0]), whole <= longest.microseconds / unit + 1 else { throw .tooLong }
        guard parts.count == 2 else { return .microseconds(whole * unit) }
        guard parts[1].utf8.count <= 6, let fraction = Int64(parts[1]) else { throw .tooManyDecimals }
        let scale = parts[1].utf8.reduce(Int64(1)) { scale, _ in scale * 10 }
        let (span, rest) = (fraction * unit).quotientAndRemainder(dividingBy: scale)
        guard rest == 0 else { throw .tooFine }
        return .microseconds(whole * unit + span)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// As a person would write it: `40ms`, `83.412345s`, `90s`, `1h30m`.
    public var notation: String {
        let length = microseconds
        if length == 0 { return "0s" }
        if length < 0 { return "-\(Span(microseconds: 0 &- length).notation)" }
        if length < 1_000 { return "\(length)us" }
        if length < 1_000_000 { return Units.exact(length, per: 1_000) + "ms" }
        if length < 120_000_000, length % 60_000_000 != 0 { return Units.exact(length, per: 1_000_000) + "s" }
        var rest = length
        var text = ""
        for unit in Self.units.prefix(3) {
            let count = rest / unit.microseconds
            rest %= unit.microseconds
            if count > 0 { text += "\(count)\(unit.name)" }
        }
        return rest > 0 ? text + Units.exact(rest, per: 1_000_000) + "s" : text
    }
}
