internal import Base
import DemandResponse

/// A program as its mapping says it; what could not be read is `nil`.
struct ProgramDraft: Sendable {
    var id: Located<Program.ID>?
    var name: String?
    var timeZone: String?
    var acknowledgeWithin: Span?
    var message: String?
    var retries: Retries?
    /// `nil`: it names none.
    var rules: ProgramRules?
}

private enum Keys {
    static let id = Key<Located<Int>>.required(
        "id",
        .located(.id),
        "The program's number, by which everything else names it."
    )
    static let name = Key<String>.required("name", .text(.name), "What the program is called, in messages too.")
    static let timeZone = Key<String>.optional(
        "time_zone",
        .notation(.timeZone),
        "The IANA zone of its local times; without it, the offset of `starts`; in a roster, \(Program.defaultTimeZone)."
    )
    static let acknowledgeWithin = Key<Span>.optional(
        "acknowledge_within",
        .notation(.duration),
        "How long after the dispatch an acknowledgement is in time; without it, until the incident's end."
    )
    static let message = Key<String>.optional(
        "message",
        .template(MessageTemplate.gaps, .message),
        "The text of a dispatch; without it, the standard message."
    )
    static let retries = Key<Retries>.optional(
        "retries",
        .retries,
        "How messages that failed for now are tried again; without it, after 5s, 10s, 20s …, at most 5m, until the incident's end."
    )
    static let limits = Key<Limits>.optional(
        "limits",
        .limits,
        "What of events the program allows; without it, anything."
    )
    static let seasons = Key<[String: YearlyRange]>.optional(
        "seasons",
        .seasons,
        "Parts of the year by names of your own, for limits."
    )
    static let holidays = Key<[CivilDate]>.optional(
        "holidays",
        .dates,
        "Dates that are no days like others, for limits."
    )
    static let emergency = Key<ProgramRules.Emergency>.optional(
        "emergency",
        .emergency,
        "Events that are not held to some of the limits; without it, none."
    )
    static let binding = Key<Bool>.optional(
        "binding",
        .bool,
        "Whether an event that was sent may be cancelled and shortened, but not changed otherwise; without it, false."
    )

    static func rules(
        _ limits: Limits?,
        _ seasons: [String: YearlyRange]?,
        _ holidays: [CivilDate]?,
        _ emergency: ProgramRules.Emergency?,
        _ binding: Bool?
    ) -> ProgramRules? {
        let rules = ProgramRules(
            limits: limits ?? Limits(),
            seasons: seasons ?? [:],
            holidays: Set(holidays ?? []),
            emergency: emergency,
            isBinding: binding ?? false
        )
        return rules == ProgramRules() ? nil : rules
    }
}

extension Format where Value == ProgramDraft {
    static let program = Format.object(
        "program",
        "A demand-response program, in which customers enrol and which incidents dispatch.",
        Keys.id,
        Keys.name,
        Keys.timeZone,
        Keys.acknowledgeWithin,
        Keys.message,
        Keys.retries,
        Keys.limits,
        Keys.seasons,
        Keys.holidays,
        Keys.emergency,
        Keys.binding
    ) { _, id, name, timeZone, acknowledgeWithin, message, retries, limits, seasons, holidays, emergency, binding in
        ProgramDraft(
            id: id,
            name: name,
            timeZone: timeZone,
            acknowledgeWithin: acknowledgeWithin,
            message: message,
            retries: retries,
            rules: Keys.rules(limits, seasons, holidays, emergency, binding)
        )
    }.refusingContradictions().named("program")
}

extension Format where Value == Retries {
    static let retries: Format = {
        var format = Format.object(
            "retries",
            "How messages of a program that failed for now are tried again.",
            .change(
                "times",
                .integer(0...Retries.mostTimes),
                "How often, at most; 0 for never. Without it, until the incident's end."
            ),
            .change("first", .pause, "The first pause; each later one is twice as long. Without it, 5s."),
            .change("at_most", .pause, "The longest pause; without it, 5m.")
        ) { _, times, first, atMost in
            Retries(times: times, first: first, atMost: atMost)
        }
        let read = format.read
        format.read = { node, diagnostics in
            guard let retries = read(node, diagnostics) else { return nil }
            guard let first = retries.first, let atMost = retries.atMost, retries.isContradictory else {
                return retries
            }
            diagnostics.error(
                "the first pause, \(DurationText.text(first)), is longer than the longest, \(DurationText.text(atMost))",
                at: node.location,
                help: "pauses grow from 'first' to 'at_most'"
            )
            return nil
        }
        return format
    }()
}

extension Format where Value == Span {
    fileprivate static let pause: Format = {
        var format = Format.notation(.duration)
        let read = format.read
        format.read = { node, diagnostics in
            guard let span = read(node, diagnostics) else { return nil }
            guard span >= Retries.shortestPause else {
                diagnostics.error(
                    "a pause of \(DurationText.text(span)) is too short",
                    at: node.location,
                    help: "it is \(DurationText.text(Retries.shortestPause)) or longer"
                )
                return nil
            }
            return span
        }
        return format
    }()
}
