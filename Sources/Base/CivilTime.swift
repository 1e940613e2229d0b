/// Year, month, day and time of day in the proleptic Gregorian calendar, without a zone.
public struct CivilTime: Hashable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour: Int
    public var minute: Int
    public var second: Int

    /// `nil` if there is no such date or time of day; a leap second counts as none.
    public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The civil time that a clock at `offset` seconds east of UTC shows at an instant; parts of a second are dropped.
    public init(_ instant: Timestamp, secondsFromUTC offset: Int = 0) {
        let seconds = Self.floorDivide(Int(instant.microseconds), 1_000_000) + offset
        let days = Self.floorDivide(seconds, 86_400)
        let secondOfDay = seconds - days * 86_400
        // Days to a date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = secondOfDay / 3_600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
    }

    /// The instant at which a clock `offset` seconds east of UTC shows this time.
    public func timestamp(secondsFromUTC offset: Int = 0) -> Timestamp {
        Timestamp(
            microseconds: Int64(daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second - offset) * 1_000_000
        )
    }

    /// `2019-08-27`. A year of other than four digits, which no edge takes but an older database may hold, has its sign and six
    /// digits (ISO 8601, expanded representation, as ECMAScript reads it).
    public var date: String {
        let isUsual = (0...9999).contains(year)
        let digits = String(String(abs(year) + (isUsual ? 10_000 : 1_000_000)).dropFirst())
        return "\(isUsual ? "" : year < 0 ? "-" : "+")\(digits)-\(Units.two(month))-\(Units.two(day))"
    }

    /// `20:45:00`
    public var clock: String { "\(hourAndMinute):\(Units.two(second))" }

    /// `20:45`
    public var hourAndMinute: String { "\(Units.two(hour)):\(Units.two(minute))" }

    /// 0 Sunday … 6 Saturday.
    public var dayOfWeek: Int {
        let days = daysSince1970 + 4
        return days - Self.floorDivide(days, 7) * 7
    }

    var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = Self.floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    private static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
        dividend >= 0 ? dividend / divisor : -((-dividend + divisor - 1) / divisor)
    }
}
