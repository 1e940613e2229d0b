internal import Foundation

/// Instants and the clocks of time zones, among them the times of incidents: `MM/dd/yyyy HH:mm` as the first version's clients
/// send them, or ISO 8601.
public enum ZonedTime {
    /// The instant that a text names, or `nil` if it is none of:
    /// `08/27/2019 21:00`, `2019-08-27T21:00[:00[.5]]` (both in `zone`), or the latter followed by `Z` or `±hh:mm`.
    ///
    /// A time in the gap of a spring-forward change is moved forward by the gap; one that a fall-back change makes happen
    /// twice is its first occurrence. An unknown zone reads as `nil`.
    public static func timestamp(_ text: String, zone: String) -> Timestamp? {
        var scanner = Scanner(text)
        if text.utf8.dropFirst(2).first == UInt8(ascii: "/") {
            guard let month = scanner.digits(2), scanner.skip("/"), let day = scanner.digits(2), scanner.skip("/"),
                let year = scanner.digits(4), scanner.skip(" "), let hour = scanner.digits(2), scanner.skip(":"),
                let minute = scanner.digits(2), scanner.atEnd,
                let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute)
            else { return nil }
            return timestamp(time, zone: zone)
        }
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
            let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2)
        else { return nil }
        var second = 0
        var fraction = Span.zero
        if scanner.skip(":") {
            guard let digits = scanner.digits(2) else { return nil }
            second = digits
            if scanner.skip(".") {
                guard let microseconds = scanner.fraction() else { return nil }
                fraction = .microseconds(microseconds)
            }
        }
        guard let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        if scanner.atEnd { return timestamp(time, zone: zone).map { $0 + fraction } }
        guard let offset = scanner.offset(), scanner.atEnd else { return nil }
        return time.timestamp(secondsFromUTC: offset) + fraction
    }

    /// The instant at which clocks in a zone show a civil time, with the answers for gaps and doubles given above.
    public static func timestamp(_ time: CivilTime, zone identifier: String) -> Timestamp? {
        guard let zone = Zone(identifier) else { return nil }
        let offset = zone.secondsFromUTC
        // The offsets a day before and a day after: equal but around a change, and then these are its two sides.
        let naive = time.timestamp()
        let before = offset(naive - .hours(24))
        let after = offset(naive + .hours(24))
        let first = time.timestamp(secondsFromUTC: before)
        if before == after || offset(first) == before { return first }
        let second = time.timestamp(secondsFromUTC: after)
        return offset(second) == after ? second : first
    }

    /// The first instant from `earliest` on at which clocks in a zone show a time of day. On a day that leaves the time out it is
    /// moved forward by the gap; of a time that a day has twice, the second is meant if the first is past. An unknown zone
    /// reads as `nil`.
    public static func next(secondOfDay: Int, from earliest: Timestamp, zone identifier: String) -> Timestamp? {
        guard let zone = Zone(identifier) else { return nil }
        for days: Int64 in 0...2 {
            let day = CivilTime(earliest + .hours(24 * days), secondsFromUTC: zone.secondsFromUTC(at: earliest))
            guard
                let time = CivilTime(
                    year: day.year,
                    month: day.month,
                    day: day.day,
                    hour: secondOfDay / 3_600,
                    minute: secondOfDay / 60 % 60,
                    second: secondOfDay % 60
                ), let first = timestamp(time, zone: identifier)
            else { return nil }
            let after = zone.secondsFromUTC(at: first + .hours(24))
            let second = time.timestamp(secondsFromUTC: after)
            if let next = [first, second].first(where: { $0 >= earliest }),
                next == first || zone.secondsFromUTC(at: second) == after
            {
                return next
            }
        }
        return nil
    }

    /// `08/27/2019 21:00`: what a clock in a zone shows, to the minute. An unknown zone's clock is UTC's.
    public static func text(of instant: Timestamp, zone identifier: String) -> String {
        let time = CivilTime(instant, secondsFromUTC: secondsFromUTC(at: instant, zone: identifier) ?? 0)
        return "\(Units.two(time.month))/\(Units.two(time.day))/\(time.date.prefix(4)) \(time.hourAndMinute)"
    }

    /// A zone is known by its name in the IANA database, with a region, or is a fixed offset from UTC, as `-07:00`. What is written
    /// already goes on being read as it was; what comes anew has one of these.
    public static func isKnown(zone identifier: String) -> Bool {
        switch Zone(identifier) {
        case .fixed: true
        case .named: ZoneNames.all.contains(identifier)
        case nil: false
        }
    }

    /// The names of all zones that are known, ascending.
    public static var knownZones: [String] { ZoneNames.all.sorted() }

    /// The zone that is probably meant by a name that is not known.
    public static func suggestion(forZone name: String) -> String? { ZoneNames.suggestion(for: name) }

    /// What the clocks of a zone show at the instant that a local time was read as, where that is something else: the time lies in the gap
    /// of a change to summer time, and was moved forward. `03:30`; `nil`: they show what is written, or it says its own offset.
    /// - Parameter text: as `timestamp(_:zone:)` reads it, or a time of day alone.
    public static func clockAfterGap(_ text: String, read instant: Timestamp, zone: String) -> String? {
        guard secondsFromUTC(writtenIn: text) == nil, let offset = secondsFromUTC(at: instant, zone: zone) else {
            return nil
        }
        let shown = CivilTime(instant, secondsFromUTC: offset).hourAndMinute
        let isDated = text.contains("/") || text.utf8.count > 10
        let written = isDated ? text.dropFirst(11).prefix(5) : text.prefix(5)
        return written == shown ? nil : shown
    }

    /// The words for a time of an incident, as it is written, with what it became if no clock shows that.
    public static func words(_ text: String, read instant: Timestamp, zone: String) -> String {
        guard let shown = clockAfterGap(text, read: instant, zone: zone) else { return text }
        return "\(text) (\(shown), since clocks are set forward)"
    }

    /// The name of the zone that is always so far ahead of UTC: `-07:00`, or `UTC`.
    public static func zone(ofOffset seconds: Int) -> String { seconds == 0 ? "UTC" : digits(ofOffset: seconds) }

    /// How far ahead of UTC clocks in a zone are at an instant; `nil` in an unknown zone.
    public static func secondsFromUTC(at instant: Timestamp, zone identifier: String) -> Int? {
        Zone(identifier)?.secondsFromUTC(at: instant)
    }

    /// The offset from UTC with which a text ends that `timestamp(_:zone:)` reads, if it has one.
    public static func secondsFromUTC(writtenIn text: String) -> Int? {
        // Behind the date, whose hyphens look like signs.
        let time = text.dropFirst(10)
        guard let sign = time.lastIndex(where: { "Zz+-".contains($0) }) else { return nil }
        var scanner = Scanner(String(time[sign...]))
        return scanner.offset()
    }

    /// `-07:00`, or `Z` where there is none (RFC 3339 §5.6).
    public static func text(ofOffset seconds: Int) -> String { seconds == 0 ? "Z" : digits(ofOffset: seconds) }

    static func digits(ofOffset seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        return "\(seconds < 0 ? "-" : "+")\(Units.two(minutes / 60)):\(Units.two(minutes % 60))"
    }
}

enum Zone {
    case named(TimeZone)
    case fixed(Int)

    init?(_ identifier: String) {
        if identifier.hasPrefix("+") || identifier.hasPrefix("-") {
            var scanner = Scanner(identifier)
            guard let seconds = scanner.offset(), scanner.atEnd else { return nil }
            self = .fixed(seconds)
        } else {
            guard let zone = TimeZone(identifier: identifier) else { return nil }
            self = .named(zone)
        }
    }

    func secondsFromUTC(at instant: Timestamp) -> Int {
        switch self {
        case .named(let zone):
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000))
        case .fixed(let seconds): seconds
        }
    }
}

private struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var atEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            rest.removeFirst()
        }
        return value
    }

    /// One to nine digits after the point, in microseconds; what is finer is dropped.
    mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while let digit = digits(1) {
            if count < 6 { value = value * 10 + Int64(digit) }
            count += 1
        }
        guard (1...9).contains(count) else { return nil }
        for _ in count..<max(count, 6) { value *= 10 }
        return value
    }

    /// `Z` or `±hh:mm` or `±hhmm`, in seconds east of UTC.
    mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = digits(2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
