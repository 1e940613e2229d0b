import DemandResponse

extension Format where Value == ConnectsDraft {
    static let connects = Format.either(
        scalar: .words([("never", .never)], called: "connection", plural: "words"),
        else: .object(
            "connection",
            "When a session opens.",
            .optional("at", .located(.notation(.instant)), "The instant; without it, the start."),
            .optional("spread", .spread, "Added to it, drawn for each client; a duration d means uniform(0s, d)."),
            .optional("share", .notation(.percentage), "How many of the clients connect at all; without it, 100%.")
        ) { location, at, spread, share in
            let start = Located(value: WrittenInstant.afterStart(.zero), location: location)
            return .at(at ?? start, spread: spread ?? .none, share: share ?? .all)
        }
    )
}

extension Format where Value == Link {
    static let link = Format.object(
        "link",
        "The network between a client and the server, each way.",
        .optional("delay", .distribution, "How long a message takes; without it, no time."),
        .optional("jitter", .notation(.duration), "Added to the delay: uniform from zero to this."),
        .optional("loss", .notation(.percentage), "How many of the messages are lost; without it, none.")
    ) { _, delay, jitter, loss in
        Link(delay: delay ?? .none, jitter: jitter ?? .zero, loss: loss ?? .none)
    }
}

extension Format where Value == DisconnectionDraft {
    static let disconnection = Format.object(
        "disconnection",
        "A session that breaks and comes back.",
        .required("at", .located(.notation(.instant)), "When it breaks."),
        .optional("spread", .notation(.duration), "Added to it, for each client: uniform from zero to this."),
        .required("for", .distribution, "How long until the client is back."),
        .optional("share", .notation(.percentage), "How many of the clients lose their session; without it, 100%.")
    ) { _, at, spread, lasting, share in
        DisconnectionDraft(at: at, spread: spread ?? .zero, lasting: lasting, share: share ?? .all)
    }.named("disconnection")
}

extension Format where Value == Acknowledges {
    static let acknowledges = Format.either(
        scalar: .words([("never", .never)], called: "way to acknowledge", plural: "words"),
        else: .object(
            "acknowledgement",
            "How a dispatch is acknowledged.",
            .required("after", .distribution, "From the dispatch's arrival to the acknowledgement."),
            .optional("share", .notation(.percentage), "How many of the clients ever answer; without it, 100%."),
            .optional(
                "by",
                .template(["name", "id"]),
                "Who acknowledges; {name} and {id} are the customer's. Without it, {name}."
            ),
            .optional(
                "repeats",
                .integer(1...100),
                "How many times the same acknowledgement is sent; without it, once."
            ),
            .optional("declines", .notation(.percentage), "How many of those who answer opt out; without it, none.")
        ) { _, after, share, by, repeats, declines in
            after.map { after in
                .answer(
                    Answer(
                        after: after,
                        share: share ?? .all,
                        by: by ?? Answer.defaultBy,
                        repeats: repeats ?? 1,
                        declines: declines ?? .none
                    )
                )
            }
        }
    )
}
