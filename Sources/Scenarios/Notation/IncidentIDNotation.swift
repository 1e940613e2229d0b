extension Notation where Value == String {
    /// What a script calls an incident; also a label's value in expectations.
    static let incidentID: Notation = Notation(
        name: "incident id",
        documentation: "The script's name for an incident: letters, digits, '.', '_' and '-'.",
        pattern: #"[A-Za-z0-9._-]{1,100}"#,
        examples: ["peak", "peak-2"],
        parse: { text throws(NotationProblem) in
            let isName = text.utf8.allSatisfy { byte in
                byte.isDigit || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                    || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || "._-".utf8.contains(byte)
            }
            guard isName, (1...100).contains(text.utf8.count) else {
                throw NotationProblem(
                    message: "'\(text.shortened)' cannot be an incident's id",
                    help: "letters, digits, '.', '_' and '-', at most 100"
                )
            }
            return String(text)
        }
    )
}

extension Format where Value == String {
    static let incidentID = Format.notation(.incidentID)
}
