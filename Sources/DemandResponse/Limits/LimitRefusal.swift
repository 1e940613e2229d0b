public import Base

/// By which of its program's rules something is refused: by all that it breaks, whole.
public struct LimitRefusal: Hashable, Sendable {
    /// In their order, not empty.
    public var broken: [BrokenLimit]
    /// Of a change that is to last longer: how far it might.
    public var furthestEnd: Timestamp?
    /// The program's, in which days begin and windows stand.
    public var zone: String

    /// The broken rules, each once.
    public var rules: [LimitRule] { LimitRule.allCases.filter { rule in broken.contains { $0.rule == rule } } }

    var refusal: Refusal {
        let words = broken.map { $0.words(zone: zone) }.joined(separator: "; ")
        let end = furthestEnd.map { "; it may last until \($0.iso8601(zone: zone))" } ?? ""
        let names = rules.map(\.rawValue).joined(separator: ", ")
        return Refusal(.againstLimits, "\(names): \(words)\(end) (times of \(zone))", limits: self)
    }
}
