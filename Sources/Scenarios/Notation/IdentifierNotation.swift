extension Notation where Value == String {
    /// What a script calls an incident; also a label's value in expectations.
    static let incidentID = identifier(of: "incident", examples: ["peak", "peak-2"])

    /// What a script calls a fault.
    static let faultID = identifier(of: "fault", examples: ["first-kill"])

    private static func identifier(of kind: String, examples: [String]) -> Notation {
        let owner = ("aeiou".contains(kind.prefix(1)) ? "an " : "a ") + kind
        return Notation(
            name: "\(kind) id",
            documentation: "The script's name for \(owner): letters, digits, '.', '_' and '-'.",
            pattern: #"[A-Za-z0-9._-]{1,100}"#,
            examples: examples,
            parse: { text throws(NotationProblem) in
                let isName = text.utf8.allSatisfy { byte in
                    byte.isDigit || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || "._-".utf8.contains(byte)
                }
                guard isName, (1...100).contains(text.utf8.count) else {
                    throw NotationProblem(
                        message: "'\(text.shortened)' cannot be \(owner)'s id",
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
}
