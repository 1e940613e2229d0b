/// A way of spoiling the sample, and what the reader says to it.
struct Mistake: Sendable, CustomStringConvertible {
    var old: String
    var new: String
    /// `line:column: message`, and `| help` where it matters.
    var expected: [String]
    /// Whether the schema sees it too: it knows nothing of what one part of a file says about another.
    var isSyntactic: Bool

    init(_ old: String, _ new: String, _ expected: String..., isSyntactic: Bool = true) {
        self.old = old
        self.new = new
        self.expected = expected
        self.isSyntactic = isSyntactic
    }

    static let all = syntactic + semantic + faults

    var description: String { "\(old) → \(new)" }
}
