internal import Base

extension Format where Value == [ConnectionDraft] {
    static let connects = Format.either(
        scalar: .words([("never", [])], called: "connection", plural: "words"),
        else: .oneOrMore(.connection)
    )
}

extension Format where Value == ConnectionDraft {
    fileprivate static let connection = Format.object(
        "connection",
        "When a session opens.",
        .optional("at", .located(.notation(.instant)), "The instant; without it, the start."),
        .optional("spread", .spread, "Added to it, drawn for each client; a duration d means uniform(0s, d)."),
        .optional("share", .notation(.percentage), "How many of the clients connect at all; without it, 100%."),
        .optional("for", .distribution, "How long the client stays before it takes its leave; without it, to the end.")
    ) { location, at, spread, share, lasting in
        ConnectionDraft(
            at: at ?? Located(value: .afterStart(.zero), location: location),
            spread: spread ?? .none,
            share: share ?? .all,
            lasting: lasting
        )
    }.named("connection")
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
