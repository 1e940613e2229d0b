import DemandResponse

extension Format where Value == [AnswerDraft] {
    static let acknowledges = Format.either(
        scalar: .words([("never", [])], called: "way to acknowledge", plural: "words"),
        else: .oneOrMore(.answer)
    )
}

/// One by one, since the compiler takes too long over all of them in one expression.
private enum Keys {
    static let after = Key<Distribution>.alternative(
        "after",
        .distribution,
        "From the dispatch's arrival to the acknowledgement."
    )
    static let at = Key<Located<WrittenInstant>>.alternative(
        "at",
        .located(.notation(.instant)),
        "When an operator answers for the customer, whether the dispatch has reached the customer or not."
    )
    static let incident = Key<Located<String>>.optional(
        "incident",
        .located(.incidentID),
        "The incident that it answers; without it, any."
    )
    static let modification = Key<Int>.optional(
        "modification",
        .integer(0...1_000_000),
        "The modification that it answers, from 0; without it, any."
    )
    static let share = Key<Share>.optional(
        "share",
        .notation(.percentage),
        "How many of the clients ever answer; without it, 100%."
    )
    static let by = Key<String>.optional(
        "by",
        .template(["name", "id"], .remark),
        "Who acknowledges; {name} and {id} are the customer's. Without it, {name}."
    )
    static let repeats = Key<Int>.optional(
        "repeats",
        .integer(1...100),
        "How many times the same acknowledgement is sent; without it, once."
    )
    static let declines = Key<Share>.optional(
        "declines",
        .notation(.percentage),
        "How many of those who answer opt out; without it, none."
    )
    static let then = Key<[Answer.ChangeOfMind]>.optional(
        "then",
        .oneOrMore(.changeOfMind),
        "How the customer changes its mind afterwards; without it, never."
    )
    static let evenIfCancelled = Key<Bool>.optional(
        "even_if_cancelled",
        .bool,
        "Whether an incident is answered that is known to be cancelled or recalled; without it, false."
    )
}

extension Format where Value == AnswerDraft {
    fileprivate static let answer = Format.object(
        "acknowledgement",
        "How a dispatch is acknowledged. Of several the first one that answers it counts.",
        Keys.after,
        Keys.at,
        Keys.incident,
        Keys.modification,
        Keys.share,
        Keys.by,
        Keys.repeats,
        Keys.declines,
        Keys.then,
        Keys.evenIfCancelled
    ) { location, after, at, incident, modification, share, by, repeats, declines, then, evenIfCancelled in
        AnswerDraft(
            location: location,
            incident: incident,
            at: at,
            answer: Answer(
                modification: modification,
                .after(after ?? .none),
                share: share ?? .all,
                by: by ?? Answer.defaultBy,
                repeats: repeats ?? 1,
                declines: declines ?? .none,
                then: then ?? [],
                isSentIfCancelled: evenIfCancelled ?? false
            )
        )
    }.named("acknowledgement")
}

extension Format where Value == Answer.ChangeOfMind {
    fileprivate static let changeOfMind = Format.object(
        "change of mind",
        "Another answer to the same dispatch. One that says the same again changes nothing.",
        .required("after", .distribution, "From the answer before to this one."),
        .required("opt_out", .bool, "Whether the customer opts out now, or in."),
        .optional("share", .notation(.percentage), "How many of those who gave the answer before; without it, 100%."),
        .optional(
            "by",
            .template(["name", "id"], .remark),
            "Who answers now; {name} and {id} are the customer's. Without it, whoever gave the first answer."
        )
    ) { _, after, optsOut, share, by in
        after.flatMap { after in
            optsOut.map { Answer.ChangeOfMind(after: after, optsOut: $0, share: share ?? .all, by: by) }
        }
    }.named("change_of_mind")
}
