public import Base

/// A value with one text, in which files and messages have it.
public protocol Notated: Hashable, Sendable, Codable {
    init?(notation text: String)
    var notation: String { get }
}

extension Notated {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(notation: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text.prefix(60))' cannot be read"
            )
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(notation)
    }
}

/// A time of day on clocks, from `00:00` to `24:00`, to the minute.
public struct ClockTime: Notated, Comparable {
    public var minutes: Int

    public init?(minutes: Int) {
        guard (0...1_440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    public init?(notation text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Self.two(parts[0]), let minute = Self.two(parts[1]), minute < 60 else {
            return nil
        }
        self.init(minutes: hour * 60 + minute)
    }

    public var notation: String { "\(Units.two(minutes / 60)):\(Units.two(minutes % 60))" }

    public static func < (a: ClockTime, b: ClockTime) -> Bool { a.minutes < b.minutes }

    static func two(_ text: Substring) -> Int? {
        text.utf8.count == 2 && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
}

/// Hours of a day, from inclusive, to exclusive: `16:00..21:00`; over midnight, `21:00..08:00`, they belong to the day on which they
/// begin.
public struct ClockRange: Notated {
    public let from: ClockTime
    public let to: ClockTime

    public init?(notation text: String) {
        guard let (from, to) = Self.edges(text), from.minutes < 1_440, to.minutes > 0, from != to else { return nil }
        self.from = from
        self.to = to
    }

    public var notation: String { "\(from.notation)..\(to.notation)" }

    public var isOverMidnight: Bool { to < from }

    /// Whether a text names one time twice: hours that are none, or all of them.
    public static func isEmpty(_ text: String) -> Bool { edges(text).map { $0.0 == $0.1 } ?? false }

    /// As clocks show it on a day without a change.
    public var length: Span { .minutes(Int64(to.minutes - from.minutes + (isOverMidnight ? 1_440 : 0))) }

    private static func edges(_ text: String) -> (ClockTime, ClockTime)? {
        let parts = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let from = ClockTime(notation: String(parts[0])),
            let to = ClockTime(notation: String(parts[1]))
        else { return nil }
        return (from, to)
    }
}

/// Days of the week: `mon..fri`, `sat, sun`.
public struct Weekdays: Notated {
    public static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// 0 Monday … 6 Sunday; not empty.
    public let days: Set<Int>

    public init?(notation text: String) {
        var days: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let edges = part.filter { $0 != " " }.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = edges.first, let last = edges.last, let from = Self.names.firstIndex(of: String(first)),
                let to = Self.names.firstIndex(of: String(last))
            else { return nil }
            for day in from...(to < from ? to + 7 : to) { days.insert(day % 7) }
        }
        self.days = days
    }

    public var notation: String {
        let sorted = days.sorted()
        if sorted.count > 2, let first = sorted.first, let last = sorted.last, last - first == sorted.count - 1 {
            return "\(Self.names[first])..\(Self.names[last])"
        }
        return sorted.map { Self.names[$0] }.joined(separator: ", ")
    }
}

/// Dates that come every year, both inclusive: `05-01..10-31`, or over the new year, `11-01..03-31`.
public struct YearlyRange: Notated {
    /// Month and day as a number: 501 for the first of May.
    public let from: Int
    public let to: Int

    public init?(notation text: String) {
        let parts = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let from = Self.day(parts[0]), let to = Self.day(parts[1]) else { return nil }
        self.from = from
        self.to = to
    }

    public var notation: String { "\(Self.text(from))..\(Self.text(to))" }

    public func contains(_ date: CivilDate) -> Bool {
        let day = date.month * 100 + date.day
        return from <= to ? (from...to).contains(day) : day >= from || day <= to
    }

    /// The dates that belong together with this one, which lies within: from the first to the day after the last.
    public func season(around date: CivilDate) -> Range<CivilDate> {
        let isLaterPart = from > to && date.month * 100 + date.day <= to
        let first = Self.first(from, notBefore: date.year - (isLaterPart ? 1 : 0))
        let last = date.year + (from > to && !isLaterPart ? 1 : 0)
        // The day after: also where the last one is a 29th of February that the year does not have.
        let end =
            CivilDate(year: last, month: to / 100, day: to % 100).map { $0 + 1 } ?? Self.first(301, notBefore: last)
        return first..<max(end, first + 1)
    }

    private static func first(_ day: Int, notBefore year: Int) -> CivilDate {
        CivilDate(year: year, month: day / 100, day: day % 100) ?? CivilDate(year: year, month: 3, day: 1)
            ?? CivilDate(number: 0)
    }

    private static func day(_ text: Substring) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let month = ClockTime.two(parts[0]), let day = ClockTime.two(parts[1]),
            CivilDate(year: 2000, month: month, day: day) != nil
        else { return nil }
        return month * 100 + day
    }

    private static func text(_ day: Int) -> String { "\(Units.two(day / 100))-\(Units.two(day % 100))" }
}

/// Until when an event is to be announced: `17:00 the day before`, `15:00 2 days before`, `08:00 the same day`.
public struct NoticeDeadline: Notated {
    public let time: ClockTime
    public let daysBefore: Int

    public static let mostDays = 60

    public init?(notation text: String) {
        guard let time = ClockTime(notation: String(text.prefix(5))) else { return nil }
        self.time = time
        switch text.dropFirst(5) {
        case " the day before": daysBefore = 1
        case " the same day": daysBefore = 0
        case let rest:
            guard rest.hasPrefix(" "), rest.hasSuffix(" days before"), let days = Int(rest.dropFirst().dropLast(12)),
                (2...Self.mostDays).contains(days)
            else { return nil }
            daysBefore = days
        }
    }

    public var notation: String {
        switch daysBefore {
        case 0: "\(time.notation) the same day"
        case 1: "\(time.notation) the day before"
        default: "\(time.notation) \(daysBefore) days before"
        }
    }
}

/// In what time is counted: a calendar's `day`, `week` (from Monday), `month`, `season` or `year`, or `24h rolling`.
public enum CountPeriod: Notated {
    case day, week, month, season, year
    case rolling(Span)

    public static let calendar: [CountPeriod] = [.day, .week, .month, .season, .year]
    public static let longestRolling = Span.hours(24 * 366)

    public init?(notation text: String) {
        if let period = Self.calendar.first(where: { $0.notation == text }) {
            self = period
            return
        }
        guard text.hasSuffix(" rolling"), let span = Span(notation: String(text.dropLast(8))), span > .zero,
            span <= Self.longestRolling
        else { return nil }
        self = .rolling(span)
    }

    public var notation: String {
        switch self {
        case .day: "day"
        case .week: "week"
        case .month: "month"
        case .season: "season"
        case .year: "year"
        // In hours, as the trade says it.
        case .rolling(let span):
            span.microseconds % 3_600_000_000 == 0
                ? "\(span.microseconds / 3_600_000_000)h rolling" : "\(span.notation) rolling"
        }
    }

    public var rule: LimitRule {
        switch self {
        case .day: .dayLimit
        case .week: .weekLimit
        case .month: .monthLimit
        case .season: .seasonLimit
        case .year: .yearLimit
        case .rolling: .rollingLimit
        }
    }

    /// `a day`, `in 24h`.
    var words: String {
        switch self {
        case .rolling: "in any \(notation.dropLast(8))"
        default: "a \(notation)"
        }
    }
}

extension CivilDate: Notated {
    public init?(notation text: String) { self.init(text: text) }
    public var notation: String { text }
}
