public import Base
public import Measures

/// What must be true of a run's record: a figure, or in which order things happen.
public struct Expectation: Sendable, Equatable {
    public enum Claim: Sendable, Equatable {
        case figure(Figure)
        case order(Order)
    }

    /// As the file writes it.
    public var text: String
    public var location: SourceLocation
    /// Why it falls short for now, where that is known.
    public var known: KnownFailure?
    public var claim: Claim

    public init(
        text: String,
        location: SourceLocation = SourceLocation(line: 1, column: 1),
        known: KnownFailure? = nil,
        _ claim: Claim
    ) {
        self.text = text
        self.location = location
        self.known = known
        self.claim = claim
    }

    /// What narrows it to a part of the record.
    public var selection: Selection {
        switch claim {
        case .figure(let figure): figure.selection
        case .order(let order): order.selection
        }
    }

    /// `metric{label:value,…}.statistic operator value [within duration]`.
    public struct Figure: Sendable, Equatable {
        public var metric: Metric
        public var selection: Selection
        /// Of a latency; `nil`: how many there are.
        public var statistic: Statistic?
        public var comparison: Comparison
        public var bound: Bound
        /// Counts only what happened this soon after the dispatch; see ``Metric/takesWithin``.
        public var within: Span?

        public init(
            _ metric: Metric,
            in selection: Selection = Selection(),
            statistic: Statistic? = nil,
            _ comparison: Comparison,
            _ bound: Bound,
            within: Span? = nil
        ) {
            self.metric = metric
            self.selection = selection
            self.statistic = statistic
            self.comparison = comparison
            self.bound = bound
            self.within = within
        }
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
