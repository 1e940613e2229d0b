import DemandResponse

extension Notation where Value == String {
    /// What a script calls an incident; also a label's value in expectations.
    static let incidentID = identifier("id", of: "incident", examples: ["peak", "peak-2"])

    /// What a script calls a fault.
    static let faultID = identifier("id", of: "fault", examples: ["first-kill"])

    /// What the roster calls a group of customers; also a label's value in expectations.
    static let group = identifier("name", of: "group", givenBy: "roster", examples: ["north", "zone-2"])

    private static func identifier(
        _ what: String,
        of kind: String,
        givenBy giver: String = "script",
        examples: [String]
    ) -> Notation {
        let owner = ("aeiou".contains(kind.prefix(1)) ? "an " : "a ") + kind
        return Notation(
            name: "\(kind) \(what)",
            documentation: "The \(giver)'s name for \(owner): letters, digits, '.', '_' and '-'.",
            pattern: #"[A-Za-z0-9._-]{1,100}"#,
            examples: examples,
            parse: { text throws(NotationProblem) in
                guard Customer.isGroupName(text) else {
                    throw NotationProblem(
                        message: "'\(text.shortened)' cannot be \(owner)'s \(what)",
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
