/// A day of the proleptic Gregorian calendar, without a zone.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int
    public let year: Int
    public let month: Int
    public let day: Int

    public init(number: Int) {
        let time = CivilTime(Timestamp(microseconds: Int64(number) * 86_400_000_000))
        self.number = number
        year = time.year
        month = time.month
        day = time.day
    }

    /// `nil` if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard let time = CivilTime(year: year, month: month, day: day, hour: 0, minute: 0) else { return nil }
        self.init(number: time.daysSince1970)
    }

    /// `2021-07-05`
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var text: String { "\(String(String(year + 10_000).dropFirst()))-\(Units.two(month))-\(Units.two(day))" }

    /// 0 Monday … 6 Sunday.
    public var weekday: Int { ((number + 3) % 7 + 7) % 7 }

    public static func < (a: CivilDate, b: CivilDate) -> Bool { a.number < b.number }
    public static func + (date: CivilDate, days: Int) -> CivilDate { CivilDate(number: date.number + days) }
    public static func - (date: CivilDate, days: Int) -> CivilDate { CivilDate(number: date.number - days) }
}

/// The days of a zone, and the instants at which their times of day come.
public struct ZonedCalendar: Sendable {
    private let zone: Zone

    /// `nil` for an unknown zone.
    public init?(zone identifier: String) {
        guard let zone = Zone(identifier) else { return nil }
        self.zone = zone
    }

    public static let utc = ZonedCalendar(.fixed(0))

    private init(_ zone: Zone) { self.zone = zone }

    /// What day clocks show at an instant.
    public func date(of instant: Timestamp) -> CivilDate {
        CivilDate(number: CivilTime(instant, secondsFromUTC: zone.secondsFromUTC(at: instant)).daysSince1970)
    }

    /// When clocks show a time of day; 1,440 minutes are the beginning of the next day. One in the gap of a change comes at the gap's
    /// end, one that comes twice at its first.
    public func instant(_ date: CivilDate, minutes: Int = 0) -> Timestamp {
        let naive = Timestamp(microseconds: (Int64(date.number) * 1_440 + Int64(minutes)) * 60_000_000)
        let before = zone.secondsFromUTC(at: naive - .hours(24))
        let after = zone.secondsFromUTC(at: naive + .hours(24))
        let first = naive - .seconds(Int64(before))
        if before == after || zone.secondsFromUTC(at: first) == before { return first }
        let second = naive - .seconds(Int64(after))
        if zone.secondsFromUTC(at: second) == after { return second }
        // In the gap: its end is the instant of the change, which lies between the two.
        var (old, new) = (second.microseconds / 1_000_000, first.microseconds / 1_000_000)
        while new - old > 1 {
            let middle = old + (new - old) / 2
            let offset = zone.secondsFromUTC(at: Timestamp(microseconds: middle * 1_000_000))
            if offset == before { old = middle } else { new = middle }
        }
        return Timestamp(microseconds: new * 1_000_000)
    }
}
