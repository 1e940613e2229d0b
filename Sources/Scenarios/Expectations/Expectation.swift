public import Base
public import Measures

/// What must be true of a run's record: `metric{label:value,…}.statistic operator value [within duration]`.
public struct Expectation: Sendable, Equatable {
    /// As the file writes it.
    public var text: String
    public var location: SourceLocation
    public var metric: Metric
    public var selection: Selection
    /// Of a latency; `nil`: how many there are.
    public var statistic: Statistic?
    public var comparison: Comparison
    public var bound: Bound
    /// Counts only what happened this soon after the dispatch; see ``Metric/takesWithin``.
    public var within: Span?

    public init(
        text: String,
        location: SourceLocation = SourceLocation(line: 1, column: 1),
        metric: Metric,
        selection: Selection = Selection(),
        statistic: Statistic? = nil,
        comparison: Comparison,
        bound: Bound,
        within: Span? = nil
    ) {
        self.text = text
        self.location = location
        self.metric = metric
        self.selection = selection
        self.statistic = statistic
        self.comparison = comparison
        self.bound = bound
        self.within = within
    }

    public enum Comparison: String, Sendable, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        /// Of a message: this text occurs in it.
        case contains
    }

    public enum Bound: Sendable, Equatable {
        case count(Int)
        case share(Share)
        case span(Span)
        case text(String)
    }
}
