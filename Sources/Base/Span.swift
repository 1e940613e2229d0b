/// A length of time in whole microseconds: integer arithmetic, so that equal runs stay equal to the last digit.
///
/// (`Swift.Duration` counts attoseconds in 128 bits, which the hot paths would pay for at every addition.)
public struct Span: Hashable, Comparable, Sendable, Codable {
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static let zero = Span(microseconds: 0)

    public static func microseconds(_ count: Int64) -> Span { Span(microseconds: count) }
    public static func milliseconds(_ count: Int64) -> Span { Span(microseconds: count * 1_000) }
    public static func seconds(_ count: Int64) -> Span { Span(microseconds: count * 1_000_000) }
    public static func minutes(_ count: Int64) -> Span { .seconds(count * 60) }
    public static func hours(_ count: Int64) -> Span { .minutes(count * 60) }

    public static func < (a: Span, b: Span) -> Bool { a.microseconds < b.microseconds }
    public static func + (a: Span, b: Span) -> Span { Span(microseconds: a.microseconds &+ b.microseconds) }
    public static func - (a: Span, b: Span) -> Span { Span(microseconds: a.microseconds &- b.microseconds) }

    public init(from decoder: any Decoder) throws {
        self.init(microseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Span {
    /// Rounded to a microsecond; what is too long to be said is a quarter of the longest, so that sums of a few stay in range.
    public func scaled(by factor: Double) -> Span {
        let scaled = (Double(microseconds) * factor).rounded()
        return .microseconds(Int64(exactly: scaled) ?? (scaled < 0 ? .min / 4 : .max / 4))
    }

    /// To the nearest one, for words.
    public var wholeSeconds: Int64 { Int64((Double(microseconds) / 1_000_000).rounded()) }

    /// For words and headers that count seconds: a part of one counts as a whole one.
    public var wholeSecondsUp: Int64 { (microseconds + 999_999) / 1_000_000 }
}
