/// An instant: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// The rules never read a clock: every instant is handed in.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool {
        a.microseconds < b.microseconds
    }

    public init(from decoder: any Decoder) throws {
        self.init(microseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Timestamp {
    public static func + (instant: Timestamp, span: Span) -> Timestamp {
        Timestamp(microseconds: instant.microseconds &+ span.microseconds)
    }

    public static func - (instant: Timestamp, span: Span) -> Timestamp {
        Timestamp(microseconds: instant.microseconds &- span.microseconds)
    }

    public static func - (later: Timestamp, earlier: Timestamp) -> Span {
        Span(microseconds: later.microseconds &- earlier.microseconds)
    }

    public static func += (instant: inout Timestamp, span: Span) {
        instant = instant + span
    }
}
