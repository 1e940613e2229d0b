internal import Base
import DemandResponse

// The texts in which a program's rules stand; what they mean is told where their values are.

extension Notation where Value: Notated {
    fileprivate static func notated(
        _ name: String,
        _ documentation: String,
        pattern: String,
        examples: [String],
        problem: @escaping @Sendable (Substring) -> NotationProblem? = { _ in nil }
    ) -> Notation {
        Notation(
            name: name,
            documentation: documentation,
            pattern: pattern,
            examples: examples,
            parse: { text throws(NotationProblem) in
                if let value = Value(notation: String(text)) { return value }
                throw problem(text)
                    ?? NotationProblem(
                        message: "'\(text.shortened)' is not a \(name)",
                        help: "write it as \(examples.joined(separator: ", "))"
                    )
            }
        )
    }
}

private let clockPattern = #"(?:[01]\d|2[0-3]):[0-5]\d"#
private let yearDayPattern = #"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"#
private let weekdayPattern = "(?:\(Weekdays.names.joined(separator: "|")))"

extension Notation where Value == ClockRange {
    static let hours = notated(
        "range of hours",
        "Hours of a day, from inclusive, to exclusive; over midnight they belong to the day on which they begin.",
        pattern: #"\#(clockPattern)\.\.(?:\#(clockPattern)|24:00)"#,
        examples: ["16:00..21:00", "21:00..08:00", "10:00..24:00"]
    ) { text in
        guard ClockRange.isEmpty(String(text)) else { return nil }
        return NotationProblem(
            message: "'\(text.shortened)' begins when it ends",
            help: "leave hours out for all of the day, or write 00:00..24:00"
        )
    }
}

extension Notation where Value == Weekdays {
    static let weekdays = notated(
        "list of weekdays",
        "Days of the week, or ranges of them.",
        pattern:
            #" *\#(weekdayPattern)(?:\.\.\#(weekdayPattern))?(?: *, *\#(weekdayPattern)(?:\.\.\#(weekdayPattern))?)* *"#,
        examples: ["mon..fri", "sat, sun"]
    )
}

extension Notation where Value == YearlyRange {
    static let season = notated(
        "season",
        "Month and day of its first and its last day; it may run over the new year.",
        pattern: #"\#(yearDayPattern)\.\.\#(yearDayPattern)"#,
        examples: ["05-01..10-31", "11-01..03-31"]
    )
}

extension Notation where Value == CivilDate {
    static let date = notated(
        "date",
        "A day of the calendar.",
        pattern: #"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"#,
        examples: ["2021-07-05"]
    )
}

extension Notation where Value == NoticeDeadline {
    static let noticeDeadline = notated(
        "notice deadline",
        "A time of day, and of which day, counted back from that of the start.",
        pattern: #"(?:\#(clockPattern)|24:00) (?:the day before|the same day|\d{1,2} days before)"#,
        examples: ["17:00 the day before", "15:00 2 days before", "08:00 the same day"]
    )
}

extension Notation where Value == CountPeriod {
    static let countPeriod = notated(
        "time of a count",
        "A time of the calendar in the program's zone (a week begins on Monday), or a length of time that rolls.",
        pattern: #"(?:day|week|month|season|year|\#(durationPattern) rolling)"#,
        examples: ["day", "week", "month", "season", "year", "24h rolling"]
    )
}
