import DemandResponse

extension Notation where Value == String {
    /// What a script calls an incident; also a label's value in expectations.
    static let incidentID = identifier(
        "incident id",
        called: "an incident's id",
        "The script's name for an incident",
        examples: ["peak", "peak-2"]
    )

    /// What a script calls a fault.
    static let faultID = identifier(
        "fault id",
        called: "a fault's id",
        "The script's name for a fault",
        examples: ["first-kill"]
    )

    /// What the roster calls a group of customers; also a label's value in expectations.
    static let group = identifier(
        "group name",
        called: "a group's name",
        "The roster's name for a group",
        examples: ["north", "zone-2"]
    )

    /// By which scenarios are picked out of a suite.
    static let tag = identifier(
        "tag",
        called: "a tag",
        "A word by which scenarios are picked out of a suite",
        examples: ["smoke", "rules"]
    )

    private static func identifier(
        _ name: String,
        called description: String,
        _ documentation: String,
        examples: [String]
    ) -> Notation {
        Notation(
            name: name,
            documentation: "\(documentation): letters, digits, '.', '_' and '-'.",
            pattern: #"[A-Za-z0-9._-]{1,100}"#,
            examples: examples,
            parse: { text throws(NotationProblem) in
                guard Customer.isGroupName(text) else {
                    throw NotationProblem(
                        message: "'\(text.shortened)' cannot be \(description)",
                        help: "letters, digits, '.', '_' and '-', at most 100"
                    )
                }
                return String(text)
            }
        )
    }
}

extension Format where Value == String {
    static let incidentID = Format.notation(.incidentID)
    static let group = Format.notation(.group)
}
