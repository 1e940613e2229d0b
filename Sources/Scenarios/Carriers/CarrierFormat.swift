import DemandResponse

/// A carrier as its mapping says it.
struct CarrierDraft: Sendable {
    struct Exception: Sendable {
        var of: Located<CustomerSelector>?
        var incident: Located<String>?
        /// Its selector and its incident are of no account.
        var exception: CarrierException
    }

    var location: SourceLocation
    var carrier = Carrier()
    var exceptions: [Exception] = []
}

private enum Keys {
    static let delay = Key<Distribution>.optional(
        "delay",
        .distribution,
        "From hand-over to arrival, or to the report of a failure; without it, none."
    )
    static let fails = Key<Carrier>.optional(
        "fails",
        .failures,
        "How many attempts fail; a mere percentage means for now. Without it, none."
    )
    static let reports = Key<Carrier.Reports>.optional(
        "reports",
        .words(
            Carrier.Reports.allCases.map { ($0.rawValue, $0) },
            called: "kind of report",
            plural: "kinds"
        ),
        "What it tells of a message that it brings: its delivery, its acceptance or nothing; without it, delivery."
    )

    static func carrier(_ delay: Distribution?, _ fails: Carrier?, _ reports: Carrier.Reports?) -> Carrier {
        var carrier = fails ?? Carrier()
        carrier.delay = delay ?? .none
        carrier.reports = reports ?? .delivery
        return carrier
    }
}

extension Format where Value == CarrierDraft {
    static let carrier = Format.object(
        "carrier",
        "What stands in for a mail or telephone network.",
        Keys.delay,
        Keys.fails,
        Keys.reports,
        .optional("except", .list(of: .exception), "Messages that fare otherwise; the later exception wins.")
    ) { location, delay, fails, reports, exceptions in
        CarrierDraft(location: location, carrier: Keys.carrier(delay, fails, reports), exceptions: exceptions ?? [])
    }.named("carrier")
}

extension Format where Value == CarrierDraft.Exception {
    fileprivate static let exception = Format.object(
        "exception",
        "Some of a carrier's messages, and how the carrier treats them.",
        .required("of", .located(.selector), "Whom they are for.", cure: "For everybody write of: all"),
        .optional("incident", .located(.incidentID), "Which incident they are about; without it, any."),
        .optional("modification", .integer(0...1_000_000), "Which modification of it, from 0; without it, any."),
        .optional(
            "notice",
            .words(
                CarrierException.Notice.allCases.map { ($0.rawValue, $0) },
                called: "kind of notice",
                plural: "kinds"
            ),
            "What they say: a dispatch, a cancellation or an all-clear; without it, any."
        ),
        .optional("attempt", .integer(1...1_000_000), "Which attempt, from 1; without it, any."),
        Keys.delay,
        Keys.fails,
        Keys.reports
    ) { _, of, incident, modification, notice, attempt, delay, fails, reports in
        CarrierDraft.Exception(
            of: of,
            incident: incident,
            exception: CarrierException(
                of: .all,
                modification: modification,
                notice: notice,
                attempt: attempt,
                carrier: Keys.carrier(delay, fails, reports)
            )
        )
    }.named("carrier_exception")
}

extension Format where Value == Carrier {
    fileprivate static let failures = Format.either(
        scalar: Format<Share>.notation(.percentage).map { share, _ in Carrier(fails: share) },
        else: .object(
            "failures",
            "How many attempts fail, and how.",
            .required("share", .notation(.percentage), "How many of the attempts fail."),
            .optional(
                "kind",
                .failureKind,
                "temporary (worth another attempt), permanent, or unknown (it arrives, and is sent again); without it, temporary."
            ),
            .optional("reason", .text(.remark), "The carrier's words for it.")
        ) { _, share, kind, reason in
            Carrier(fails: share ?? .none, failureKind: kind ?? .temporary, reason: reason)
        }
    )
}

extension Format where Value == Carrier.FailureKind {
    fileprivate static let failureKind = Format.words(
        Carrier.FailureKind.allCases.map { ($0.rawValue, $0) },
        called: "kind of failure",
        plural: "kinds"
    )
}

extension Format where Value == [DispatchMethod: CarrierDraft] {
    static let carriers = Format.object(
        "carriers",
        "What stands in for the mail and telephone networks; those left out deliver at once and never fail.",
        .optional("email", .carrier, "The mail."),
        .optional("text", .carrier, "Text messages."),
        .optional("voice", .carrier, "Telephone calls."),
        .optional("webhook", .carrier, "HTTP calls to customers' systems.")
    ) { _, email, text, voice, webhook in
        var carriers: [DispatchMethod: CarrierDraft] = [:]
        carriers[.email] = email
        carriers[.text] = text
        carriers[.voice] = voice
        carriers[.webhook] = webhook
        return carriers
    }
}
