extension Notation where Value == Share {
    /// `97%`, `0.1%`.
    static let percentage: Notation = Notation(
        name: "percentage",
        documentation: "A share from 0% to 100%, with at most four decimals.",
        pattern: sharePattern,
        examples: ["97%", "0.1%"],
        parse: { text throws(NotationProblem) in
            guard text.hasSuffix("%") else { throw Notation.percentage.notOne(text) }
            let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) })
            else { throw Notation.percentage.notOne(text) }
            let decimals = parts.count == 2 ? parts[1] : ""
            guard decimals.utf8.count <= 4 else {
                throw NotationProblem(message: "'\(text.shortened)' has more than four decimals")
            }
            let padded = decimals + String(repeating: "0", count: 4 - decimals.utf8.count)
            guard parts[0].utf8.count <= 3, let whole = Int(parts[0]), let rest = Int(padded),
                whole * 10_000 + rest <= Share.all.partsPerMillion
            else {
                throw NotationProblem(message: "'\(text.shortened)' is more than 100%")
            }
            return Share(partsPerMillion: whole * 10_000 + rest)
        }
    )
}

let sharePattern = #"(?:100(?:\.0{1,4})?|0?\d{1,2}(?:\.\d{1,4})?)%"#
