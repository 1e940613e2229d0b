import DemandResponse

extension Notation where Value == ClosedRange<Customer.ID> {
    /// `1000..1999`, both included.
    static let idRange: Notation = Notation(
        name: "range",
        documentation: "A range of ids, both ends included.",
        pattern: #"\d{1,15}\.\.\d{1,15}"#,
        examples: ["1000..1999"],
        parse: { text throws(NotationProblem) in
            let ends = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard ends.count == 2, ends[1].hasPrefix("."), let first = id(ends[0]), let last = id(ends[1].dropFirst())
            else { throw Notation.idRange.notOne(text) }
            guard first <= last else {
                throw NotationProblem(
                    message: "the range '\(text)' ends before it begins",
                    help: "write it as \(last)..\(first)"
                )
            }
            return first...last
        }
    )

    private static func id(_ digits: Substring) -> Int? {
        (1...15).contains(digits.utf8.count) && digits.utf8.allSatisfy(\.isDigit) ? Int(digits) : nil
    }
}
