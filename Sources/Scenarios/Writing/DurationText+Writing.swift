internal import Base

extension DurationText {
    /// A length as a person would write it: `40ms`, `83.412345s`, `90s`, `1h30m`.
    static func text(_ span: Span) -> String {
        let length = span.microseconds
        if length == 0 { return "0s" }
        if length < 1_000 { return "\(length)us" }
        if length < 1_000_000 { return decimal(length, unit: 1_000) + "ms" }
        if length < 120_000_000, length % 60_000_000 != 0 { return decimal(length, unit: 1_000_000) + "s" }
        var rest = length
        var text = ""
        for unit in units.prefix(3) {
            let count = rest / unit.microseconds
            rest %= unit.microseconds
            if count > 0 { text += "\(count)\(unit.name)" }
        }
        return rest > 0 ? text + decimal(rest, unit: 1_000_000) + "s" : text
    }

    private static func decimal(_ value: Int64, unit: Int64) -> String {
        let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
        guard rest > 0 else { return String(whole) }
        var digits = String(unit + rest).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
