internal import Base
internal import DemandResponse

/// A carriers' file as it stands there.
struct CarriersDraft: Sendable {
    struct Email: Sendable {
        var location: SourceLocation
        var relay: EmailCarrier.Relay?
        var user: Located<String>?
        var password: Located<SecretReference>?
        var from: String?
        var bounces: String?
        var authorities: Located<String>?
        var connections: Int?
        var queue: Int?
        var rate: Int?
        var replyWithin: Span?
    }

    var email: Email?
}

extension Format where Value == CarriersDraft {
    static let carriersFile = Format.object(
        "carriers",
        "Who really brings a server's messages. Of what is left out nothing is sent.",
        .required("email", .emailCarrier, "The mail server that takes the mails.")
    ) { _, email in CarriersDraft(email: email) }
}

private enum Keys {
    static let relay = Key<EmailCarrier.Relay>.required(
        "smtp",
        .notation(.relay),
        "Where it is.",
        cure: "Write smtp: smtp://relay.example:587"
    )
    static let user = Key<Located<String>>.optional(
        "user",
        .located(.text(.name)),
        "Who logs in; without it, nobody does."
    )
    static let password = Key<Located<SecretReference>>.optional(
        "password",
        .located(.secret),
        "The user's, from the environment or a file."
    )
    static let from = Key<String>.required(
        "from",
        .notation(.mailbox),
        "The sender that people see.",
        cure: "Write from: Grid Desk <dispatch@grid.example>"
    )
    static let bounces = Key<String>.optional(
        "bounces",
        .notation(.mailAddress),
        "Where reports of undeliverable mails go, each to bounce+TOKEN@…; without it, to the sender."
    )
    static let authorities = Key<Located<String>>.optional(
        "ca",
        .located(.text(.name)),
        "A PEM file, beside this one, with the authorities of its certificate; without it, those of the machine."
    )
    static let connections = Key<Int>.optional(
        "connections",
        .integer(1...100),
        "How many connections it is given at most; without it, 4."
    )
    static let queue = Key<Int>.optional(
        "queue",
        .integer(1...200_000),
        "How many mails may wait; more are put off. Without it, 20000."
    )
    static let rate = Key<Int>.optional(
        "rate",
        .notation(.rate),
        "How many mails a second it is given at most; without it, as many as it takes."
    )
    static let replyWithin = Key<Span>.optional(
        "reply_within",
        .notation(.duration),
        "How long it may take for a reply; without it, what RFC 5321 allows: up to 10 minutes."
    )
}

extension Format where Value == CarriersDraft.Email {
    fileprivate static let emailCarrier = Format.object(
        "email",
        "A mail server that takes mail for everybody, and how it is spoken to.",
        Keys.relay,
        Keys.user,
        Keys.password,
        Keys.from,
        Keys.bounces,
        Keys.authorities,
        Keys.connections,
        Keys.queue,
        Keys.rate,
        Keys.replyWithin,
        build: CarriersDraft.Email.init
    )
}
