/// Figures as people read them.
public enum Units {
    /// Three significant digits below a minute, two units from there on: `840 µs`, `46.2 ms`, `1.24 s`, `6 m 12 s`, `2 h 05 m`.
    public static func text(_ span: Span) -> String {
        span < .zero ? "-" + magnitude(Span.zero - span) : magnitude(span)
    }

    private static func magnitude(_ span: Span) -> String {
        guard span.microseconds >= 1_000 else { return span == .zero ? "0 s" : "\(span.microseconds) µs" }
        let rounded = significant(span.microseconds)
        if rounded < 1_000_000 { return "\(decimal(rounded, unit: 1_000)) ms" }
        if rounded < 60_000_000 { return "\(decimal(rounded, unit: 1_000_000)) s" }
        let seconds = (span.microseconds + 500_000) / 1_000_000
        if seconds < 3_600 { return "\(seconds / 60) m \(two(seconds % 60)) s" }
        let minutes = (seconds + 30) / 60
        if minutes < 24 * 60 { return "\(minutes / 60) h \(two(minutes % 60)) m" }
        let hours = (minutes + 30) / 60
        return "\(count(Int(hours / 24))) d \(two(hours % 24)) h"
    }

    /// Rounded to three significant digits.
    private static func significant(_ number: Int64) -> Int64 {
        var step: Int64 = 1
        while number / step >= 1_000 { step *= 10 }
        return (number + step / 2) / step * step
    }

    /// As many decimals as three significant digits leave room for.
    private static func decimal(_ number: Int64, unit: Int64) -> String {
        let whole = number / unit
        let thousandths = String(1_000 + number % unit * 1_000 / unit).dropFirst()
        return switch whole {
        case ..<10: "\(whole).\(thousandths.prefix(2))"
        case ..<100: "\(whole).\(thousandths.prefix(1))"
        default: "\(whole)"
        }
    }

    /// `50 ms`, `1 s`, `10 m`: a round length, without the decimals of a measured one, in the largest unit that fits into it.
    public static func round(_ span: Span) -> String {
        let units: [(name: String, microseconds: Int64)] = [
            ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000), ("ms", 1_000),
        ]
        let unit = units.first { span.microseconds >= $0.microseconds } ?? ("µs", 1)
        return "\(span.microseconds / unit.microseconds) \(unit.name)"
    }

    /// As many decimals as there are, and no more: 1,500 thousandths are `1.5`.
    public static func exact(_ count: Int64, per unit: Int64) -> String {
        let (whole, rest) = count.quotientAndRemainder(dividingBy: unit)
        guard rest > 0 else { return String(whole) }
        var digits = String(unit + rest).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }

    /// `07`
    public static func two(_ number: some BinaryInteger) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// With a comma before each group of three digits.
    public static func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// One decimal; `100.0 %` only for all, `0.0 %` only for none.
    public static func share(_ count: Int, of total: Int) -> String {
        guard total > 0 else { return "" }
        var perMille = (count * 1_000 + total / 2) / total
        if count > 0 { perMille = max(perMille, 1) }
        if count < total { perMille = min(perMille, 999) }
        return "\(perMille / 10).\(perMille % 10) %"
    }

    /// `1,195/s`, or `1,195 dispatches/s`; below ten with one decimal.
    public static func rate(_ perSecond: Double, of noun: String = "") -> String {
        let unit = noun.isEmpty ? "/s" : " \(noun)/s"
        guard perSecond.isFinite, perSecond >= 0 else { return "?" + unit }
        if perSecond >= 10 { return count(Int(min(perSecond, 1e15).rounded())) + unit }
        let tenths = Int((perSecond * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)" + unit
    }

    /// `15.6 GiB`
    public static func bytes(_ count: Int) -> String {
        let tenths = (count * 10 + 536_870_912) / 1_073_741_824
        return "\(tenths / 10).\(tenths % 10) GiB"
    }

    /// As many decimals as there are, and no more: `60`, `2.5`.
    public static func factor(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e15 ? "\(Int64(number))" : "\(number)"
    }

    public static func plural(_ number: Int, _ noun: String, _ nouns: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? noun : nouns ?? noun + "s")"
    }
}
