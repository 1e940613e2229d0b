internal import Base

/// An instant as written; what it means depends on when the scenario starts and, for incidents, on the program's zone.
enum WrittenInstant: Sendable, Equatable {
    case afterStart(Span)
    case clock(secondOfDay: Int)
    /// A date and a time; `isZoned`: with an offset from UTC.
    case full(String, isZoned: Bool)

    /// Whether messages say it as it is written: how long after the start of a run something is means nothing to a customer.
    var isTold: Bool {
        if case .afterStart = self { false } else { true }
    }
}

extension Notation where Value == WrittenInstant {
    /// `90s`, `20:45`, `2019-08-27T20:45:00-07:00`.
    static let instant: Notation = Notation(
        name: "instant",
        documentation: """
            An instant: a duration after the start, a clock time (the first one from the start on) or an ISO 8601 \
            timestamp; times without an offset are read in the zone of `starts`.
            """,
        pattern: instantPattern,
        examples: ["90s", "20:45", "2019-08-27T20:45:00-07:00"],
        parse: { text throws(NotationProblem) in
            guard !text.contains("/") else { throw Notation.instant.notOne(text) }
            return try parse(text, as: .instant)
        }
    )

    /// As ``instant``, and `08/27/2019 21:00`; dates without an offset are read in the program's zone.
    static let incidentTime: Notation = Notation(
        name: "incident time",
        documentation: """
            As an instant; also MM/dd/yyyy HH:mm. Times without an offset are read in the program's time zone; a clock \
            time is the first one from the entry's own instant, `at`, on.
            """,
        pattern: #"(?:\#(instantPattern)|\d{2}/\d{2}/\d{4} \d{2}:\d{2})"#,
        examples: ["21:00", "08/27/2019 21:00", "2019-08-27T21:00:00-07:00", "90m"],
        parse: { text throws(NotationProblem) in try parse(text, as: .incidentTime) }
    )

    private static func parse(_ text: Substring, as notation: Notation) throws(NotationProblem) -> WrittenInstant {
        if let clock = clock24(text) {
            throw NotationProblem(
                message: "'\(text.shortened)' is a time of the 12-hour clock",
                help: "write it as \(clock)"
            )
        }
        if let unit = text.utf8.last, unit != UInt8(ascii: "Z"), unit != UInt8(ascii: "z"), !unit.isDigit,
            text.utf8.first?.isDigit == true
        {
            return .afterStart(try DurationText.parse(text))
        }
        if text.utf8.count <= 8, text.contains(":") {
            guard let second = clock(text) else { throw notation.notOne(text) }
            return .clock(secondOfDay: second)
        }
        // The zone is decided later; whether there is such a date is not a matter of zones.
        guard ZonedTime.timestamp(String(text), zone: "GMT") != nil else { throw notation.notOne(text) }
        return .full(String(text), isZoned: ZonedTime.secondsFromUTC(writtenIn: String(text)) != nil)
    }

    /// Of `5:10 PM`: `17:10`.
    private static func clock24(_ text: Substring) -> String? {
        guard let match = text.wholeMatch(of: /(\d{1,2})(?::([0-5]\d))?(:[0-5]\d)?\s*([AaPp])\.?[Mm]\.?/),
            let hour = Int(match.1), (1...12).contains(hour)
        else { return nil }
        let hour24 = hour % 12 + (match.4.lowercased() == "p" ? 12 : 0)
        return "\(hour24 < 10 ? "0" : "")\(hour24):\(match.2 ?? "00")\(match.3 ?? "")"
    }

    /// `HH:mm` or `HH:mm:ss`.
    private static func clock(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count),
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isDigit) })
        else { return nil }
        let numbers = parts.compactMap { Int($0) } + [0]
        guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
        return numbers[0] * 3_600 + numbers[1] * 60 + numbers[2]
    }
}

private let datePattern = #"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?"#
private let offsetPattern = #"(?:[Zz]|[+-]\d{2}:?\d{2})"#
private let instantPattern =
    #"(?:\#(durationPattern)|(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|\#(datePattern)\#(offsetPattern)?)"#

/// What `starts` says: an instant, and the zone in which the file's clock times are read.
struct WrittenStart: Sendable, Equatable {
    var instant: Timestamp
    /// East of UTC.
    var utcOffsetSeconds: Int
}

extension Notation where Value == WrittenStart {
    static let start: Notation = Notation(
        name: "timestamp",
        documentation: "An ISO 8601 timestamp with its offset from UTC.",
        pattern: datePattern + offsetPattern,
        examples: ["2019-08-27T20:30:00-07:00"],
        parse: { text throws(NotationProblem) in
            guard !text.contains("/"), let instant = ZonedTime.timestamp(String(text), zone: "GMT") else {
                throw Notation.start.notOne(text)
            }
            guard let offset = ZonedTime.secondsFromUTC(writtenIn: String(text)) else {
                throw NotationProblem(
                    message: "'\(text)' has no offset from UTC",
                    help: "clock times are read in the zone of this one: add it, as \(text)-07:00"
                )
            }
            // A year less at the end than what is carried: a run lasts so long at most.
            guard Timestamp.carried.contains(instant), Timestamp.carried.contains(instant + .hours(24 * 366))
            else {
                throw NotationProblem(
                    message: "a run in the year \(text.prefix(4)) cannot be told in the texts of its times",
                    help: "it begins within the years 0002 to 9997"
                )
            }
            return WrittenStart(instant: instant, utcOffsetSeconds: offset)
        }
    )
}
