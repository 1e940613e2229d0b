extension Ledger {
    /// How this ledger differs from an older one that stands in a file, each difference with its line there.
    /// - Throws: `LedgerError` for a text that is none.
    public func comparison(with text: String, path: String) throws(LedgerError) -> (
        old: Ledger, differences: [DecisionDifference]
    ) {
        var parser = LedgerParser(text, path: path)
        let old = try parser.ledger()
        var differences = differences(from: old)
        if old.seed != seed {
            let change = "is now \(seed); was \(old.seed)"
            differences.insert(DecisionDifference(subject: "the seed", change: change, count: 0), at: 0)
        }
        for index in differences.indices {
            differences[index].approvedLine = differences[index].place.flatMap(parser.line)
        }
        return (old, differences)
    }
}
