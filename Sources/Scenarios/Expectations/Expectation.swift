public import Base
public import DemandResponse

/// What must be true of a run's record: `metric{label:value,…}.statistic operator value [within duration]`.
public struct Expectation: Sendable, Equatable {
    /// As the file writes it.
    public var text: String
    public var location: SourceLocation
    public var metric: Metric
    public var labels: Labels
    /// Given for latencies, and for them only.
    public var statistic: Statistic?
    public var comparison: Comparison
    public var bound: Bound
    /// Counts only what happened this soon after the dispatch; for ``Metric/acknowledged`` and ``Metric/delivered``.
    public var within: Span?

    public init(
        text: String,
        location: SourceLocation = SourceLocation(line: 1, column: 1),
        metric: Metric,
        labels: Labels = Labels(),
        statistic: Statistic? = nil,
        comparison: Comparison,
        bound: Bound,
        within: Span? = nil
    ) {
        self.text = text
        self.location = location
        self.metric = metric
        self.labels = labels
        self.statistic = statistic
        self.comparison = comparison
        self.bound = bound
        self.within = within
    }

    /// Narrows a metric to some of its samples; `nil` stands for any.
    public struct Labels: Sendable, Hashable {
        public var program: Program.ID?
        public var customer: Customer.ID?
        /// The script's name of the incident.
        public var incident: String?
        public var channel: DispatchMethod?

        public init(
            program: Program.ID? = nil,
            customer: Customer.ID? = nil,
            incident: String? = nil,
            channel: DispatchMethod? = nil
        ) {
            self.program = program
            self.customer = customer
            self.incident = incident
            self.channel = channel
        }
    }

    public enum Label: String, Sendable, CaseIterable {
        case program, customer, incident, channel
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
