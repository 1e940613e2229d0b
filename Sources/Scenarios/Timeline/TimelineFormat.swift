internal import Base
import DemandResponse

/// An entry as its mapping says it, its instants still as written; what could not be read is `nil`.
struct TimelineDraft: Sendable {
    enum Action: Sendable {
        case incident(IncidentDraft)
        case modify(ModificationDraft)
        case cancel(Located<String>)
        case recall(Located<String>)
    }

    var location: SourceLocation
    var at: Located<WrittenInstant>?
    var action: Action?
    var refused: AnnouncedRefusal?
    var repetition: RepetitionDraft?
    /// How much later than written everything in it is: of an entry that is repeated.
    var delay = Span.zero
}

/// An incident that comes again and again.
struct RepetitionDraft: Sendable {
    var location: SourceLocation
    var every: Located<Span>?
    var times: Located<Int>?
}

struct IncidentDraft: Sendable {
    var id: Located<String>?
    var program: Located<Program.ID>?
    var groups: [Located<String>]
    var eventType: String?
    var start: WrittenTime?
    var end: WrittenTime?
    var isTest: Bool
    var override: Override?
}

struct ModificationDraft: Sendable {
    var incident: Located<String>?
    var start: WrittenTime?
    var end: WrittenTime?
    var eventType: String?
    var override: Override?
}

/// An incident's start or end, and how the message says it.
struct WrittenTime: Sendable {
    var instant: WrittenInstant
    /// `nil`: as a clock in the program's zone shows it.
    var words: String?
    /// Whether the words are other ones than those of the instant.
    var isReworded = false
    var location: SourceLocation
}

extension Format where Value == TimelineDraft {
    static let entry = Format.object(
        "timeline entry",
        "Something that happens on the grid.",
        .required("at", .located(.notation(.instant)), "When, within the run."),
        .alternative("incident", .incident, "A new incident."),
        .alternative("modify", .modification, "A change of an incident."),
        .alternative("cancel", .cancellation, "The end of an incident before its time: its id."),
        .alternative("recall", .recall, "An incident is over now, with an all-clear: its id."),
        .optional(
            "refused",
            .refusal,
            "Why the dispatcher is not going to follow; such a request may name what does not exist."
        ),
        .optional(
            "repeat",
            .repetition,
            "The incident again and again, under its name with a number from 1 on, as peak-2; at, start and end are as much later."
        )
    ) { location, at, incident, modify, cancel, recall, refused, repetition in
        let action =
            incident.map(TimelineDraft.Action.incident) ?? modify.map(TimelineDraft.Action.modify)
            ?? cancel.map(TimelineDraft.Action.cancel) ?? recall.map(TimelineDraft.Action.recall)
        return TimelineDraft(location: location, at: at, action: action, refused: refused, repetition: repetition)
    }.snippets(snippets).named("timeline_entry")

    private static let snippets = [
        Snippet(
            "a new incident",
            [
                "at": "${1:20:45}",
                "incident": [
                    "id": "${2:storm}", "program": "^${3:1}", "event_type": "${4:market_dispatch}",
                    "start": "${5:21:00}",
                    "end": "${6:22:00}",
                ],
            ]
        ),
        Snippet(
            "an incident is changed",
            ["at": "${1:21:30}", "modify": ["incident": "${2:peak}", "end": "${3:22:20}"]]
        ),
        Snippet(
            "an incident that is repeated",
            [
                "at": "${1:20:45}",
                "incident": [
                    "id": "${2:drill}", "program": "^${3:1}", "event_type": "${4:market_dispatch}",
                    "start": "${5:20:50}", "end": "${6:20:55}",
                ],
                "repeat": ["every": "${7:12m}", "times": "^${8:5}"],
            ]
        ),
        Snippet("an incident is cancelled", ["at": "${1:21:30}", "cancel": "${2:peak}"]),
        Snippet("an incident is recalled", ["at": "${1:21:30}", "recall": "${2:peak}"]),
    ]
}

extension Format where Value == RepetitionDraft {
    fileprivate static let repetition = Format.object(
        "repetition",
        "How often an incident comes, and how long after each other.",
        .required(
            "every",
            .located(.notation(.duration)),
            "How much later than the one before each is, as time goes by."
        ),
        .required("times", .located(.integer(1...10_000)), "How many there are, the first included.")
    ) { location, every, times in
        RepetitionDraft(location: location, every: every, times: times)
    }
}

extension Format where Value == AnnouncedRefusal {
    /// A code of the dispatcher, or the program's rules that are broken: all of them.
    fileprivate static let refusal: Format = {
        let words =
            Refusal.Code.allCases.map { ($0.rawValue, AnnouncedRefusal.code($0)) }
            + LimitRule.allCases.map { ($0.rawValue, AnnouncedRefusal.limits([$0])) }
        let one = Format.words(words, called: "reason to refuse", plural: "reasons")
        let rules = Format<LimitRule>.words(
            LimitRule.allCases.map { ($0.rawValue, $0) },
            called: "rule of a program",
            plural: "rules"
        )
        return .either(
            scalar: one,
            else: Format<[LimitRule]>.distinct(rules, called: "rule") { $0.rawValue }.map { rules, _ in
                .limits(LimitRule.allCases.filter(rules.contains))
            }
        )
    }()
}

extension Format where Value == Override {
    fileprivate static let override = Format.object(
        "override",
        "Somebody lifts the program's rules that stand against it.",
        .required("by", .text(.remark), "Who."),
        .required("reason", .text(.remark), "Why.")
    ) { _, by, reason in
        by.flatMap { by in reason.map { Override(by: by, reason: $0) } }
    }
}

extension Format where Value == WrittenTime {
    fileprivate static let time = Format.either(
        scalar: instant,
        else: .object(
            "incident time",
            "A start or an end that messages say in other words.",
            .required("at", instant, "The time."),
            .required("text", .text(.eventType), "How messages say it.")
        ) { _, at, text in
            at.map {
                WrittenTime(
                    instant: $0.instant,
                    words: text ?? $0.words,
                    isReworded: text != nil,
                    location: $0.location
                )
            }
        }
    )

    private static let instant = Format<WrittenInstant>.notation(.incidentTime).map { instant, node in
        WrittenTime(instant: instant, words: instant.isTold ? node.scalar?.text : nil, location: node.location)
    }
}

extension Format where Value == IncidentDraft {
    fileprivate static let incident = Format.object(
        "incident",
        "A new incident, which dispatches the customers of a program.",
        .required("id", .located(.incidentID), "The script's name for it, as modify, cancel and labels use it."),
        .required("program", .located(.id), "The program whose customers are dispatched."),
        .optional(
            "group",
            .oneOrMore(.located(.group)),
            "Only the program's customers of this group, or of these, are dispatched; without it, all."
        ),
        .required("event_type", .text(.eventType), "What kind of event, as market_dispatch."),
        .required("start", .time, "When curtailment begins."),
        .optional("end", .time, "When it ends; without it, the end is left open."),
        .optional("test", .bool, "Whether it is a drill; without it, false."),
        .optional("override", .override, "Who lifts the program's rules that stand against it, and why.")
    ) { _, id, program, groups, eventType, start, end, isTest, override in
        IncidentDraft(
            id: id,
            program: program,
            groups: groups ?? [],
            eventType: eventType,
            start: start,
            end: end,
            isTest: isTest ?? false,
            override: override
        )
    }
}

extension Format where Value == ModificationDraft {
    fileprivate static let modification = Format.object(
        "modification",
        "A change of an incident, which has to be acknowledged anew.",
        .required("incident", .located(.incidentID), "The incident's id."),
        .change("start", .time, "The new start."),
        .change("end", .time, "The new end."),
        .change("event_type", .text(.eventType), "The new kind of event."),
        .optional("override", .override, "Who lifts the program's rules that stand against the change, and why.")
    ) { _, incident, start, end, eventType, override in
        ModificationDraft(incident: incident, start: start, end: end, eventType: eventType, override: override)
    }
}

extension Format where Value == Located<String> {
    fileprivate static let cancellation = incident("cancellation", "Which incident is cancelled.")
    fileprivate static let recall = incident("recall", "Which incident is recalled.")

    /// An incident by its id, which may stand alone.
    private static func incident(_ name: String, _ meaning: String) -> Format {
        .either(
            scalar: .located(.incidentID),
            else: .object(name, meaning, .required("incident", .located(.incidentID), "The incident's id.")) {
                _,
                incident in incident
            }
        )
    }
}
