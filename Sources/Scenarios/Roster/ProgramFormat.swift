internal import Base
import DemandResponse

/// A program as its mapping says it; what could not be read is `nil`.
struct ProgramDraft: Sendable {
    var id: Located<Program.ID>?
    var name: String?
    var timeZone: String?
    var acknowledgeWithin: Span?
    var message: String?
}

extension Format where Value == ProgramDraft {
    static let program = Format.object(
        "program",
        "A demand-response program, in which customers enrol and which incidents dispatch.",
        .required("id", .located(.id), "The program's number, by which everything else names it."),
        .required("name", .text, "What the program is called, in messages too."),
        .optional(
            "time_zone",
            .notation(.timeZone),
            "The IANA zone of its local times; without it, the offset of `starts`; in a roster, \(Program.defaultTimeZone)."
        ),
        .optional(
            "acknowledge_within",
            .notation(.duration),
            "How long after the dispatch an acknowledgement is in time; without it, until the incident's end."
        ),
        .optional(
            "message",
            .template(MessageTemplate.gaps),
            "The text of a dispatch; without it, the standard message."
        )
    ) { _, id, name, timeZone, acknowledgeWithin, message in
        ProgramDraft(
            id: id,
            name: name,
            timeZone: timeZone,
            acknowledgeWithin: acknowledgeWithin,
            message: message
        )
    }.named("program")
}
