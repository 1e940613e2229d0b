/// An instant: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// The rules never read a clock: every instant is handed in.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The instants that every edge takes, as times of incidents, of scenarios and of a journal's rows: those that have a year of four
    /// digits in every zone, so that all texts, SQL and REST can say them.
    public static let carried =
        Timestamp(microseconds: -62_104_060_800_000_000)..<Timestamp(microseconds: 253_370_764_800_000_000)

    /// `carried` in words, for errors.
    public static let carriedWords = "within the years 0002 to 9998"

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

extension Timestamp {
    /// `Fri, 13 Aug 2021 09:53:45 GMT`, the IMF-fixdate of RFC 9110 §5.6.7: `createdOn` and `acknowledgeOn`.
    public var httpDate: String {
        let time = CivilTime(self)
        let names = (Self.dayNames[time.dayOfWeek], Self.monthNames[time.month - 1])
        return "\(names.0), \(Units.two(time.day)) \(names.1) \(time.year) \(time.clock) GMT"
    }

    /// `2021-08-13T09:53:45.123456Z`, RFC 3339; the fraction only when there is one.
    public var iso8601: String { clock(secondsFromUTC: 0) + "Z" }

    /// `2021-08-13T02:53:45.123456-07:00`, as clocks in that zone show it. In an unknown zone it is UTC.
    public func iso8601(zone: String) -> String {
        let offset = ZonedTime.secondsFromUTC(at: self, zone: zone) ?? 0
        return clock(secondsFromUTC: offset) + ZonedTime.digits(ofOffset: offset)
    }

    private func clock(secondsFromUTC offset: Int) -> String {
        let time = CivilTime(self, secondsFromUTC: offset)
        let fraction = microsecondsOfSecond
        return "\(time.date)T\(time.clock)" + (fraction == 0 ? "" : ".\(String(fraction + 1_000_000).dropFirst())")
    }

    /// What has passed of the second that clocks show, before 1970 too.
    public var microsecondsOfSecond: Int64 {
        let rest = microseconds % 1_000_000
        return rest < 0 ? rest + 1_000_000 : rest
    }

    private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
