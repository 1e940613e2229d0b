import DemandResponse

extension Format where Value == Carrier {
    static let carrier = Format.object(
        "carrier",
        "What stands in for a mail or telephone network.",
        .optional("delay", .distribution, "From hand-over to report; without it, none."),
        .optional("fails", .failures, "How many attempts fail; a mere percentage means for now. Without it, none.")
    ) { _, delay, fails in
        var carrier = fails ?? Carrier()
        carrier.delay = delay ?? .none
        return carrier
    }.named("carrier")

    /// A share of failures, for now or for good.
    private static let failures = Format.either(
        scalar: Format<Share>.notation(.percentage).map { share, _ in Carrier(fails: share) },
        else: .object(
            "failures",
            "How many attempts fail, and how.",
            .required("share", .notation(.percentage), "How many of the attempts fail."),
            .optional("kind", .failureKind, "temporary (worth another attempt) or permanent; without it, temporary.")
        ) { _, share, kind in
            Carrier(fails: share ?? .none, failureKind: kind ?? .temporary)
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

extension Format where Value == [DispatchMethod: Carrier] {
    static let carriers = Format.object(
        "carriers",
        "What stands in for the mail and telephone networks; those left out deliver at once and never fail.",
        .optional("email", .carrier, "The mail."),
        .optional("text", .carrier, "Text messages."),
        .optional("voice", .carrier, "Telephone calls."),
        .optional("webhook", .carrier, "HTTP calls to customers' systems.")
    ) { _, email, text, voice, webhook in
        var carriers: [DispatchMethod: Carrier] = [:]
        carriers[.email] = email
        carriers[.text] = text
        carriers[.voice] = voice
        carriers[.webhook] = webhook
        return carriers
    }
}
