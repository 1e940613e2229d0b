public import Base
public import DemandResponse

/// One row of `journal` but for its place: what an input was, or what an effect of one did.
///
/// What it says is read in two ways: `JournalFact` has what every row tells of itself, `input(format:)` the whole of an input.
public struct JournalRow: Hashable, Sendable {
    /// How much of a row is made or read.
    public enum Extent: Sendable {
        case whole
        /// Without the correlation and the details of which no `JournalFact` says anything.
        case fact

        /// Whether it includes the detail of such rows.
        public func hasDetail(of kind: JournalKind) -> Bool {
            switch (self, kind) {
            case (.whole, _): true
            case (.fact, .acknowledgementRecorded), (.fact, .send), (.fact, .refused), (.fact, .answerRefused),
                (.fact, .leftOutRecorded):
                true
            default: kind.isRequest || kind.delivery != nil
            }
        }
    }

    public var cause: Int?
    public var at: Timestamp
    public var kind: JournalKind
    public var correlation: UniqueID?
    public var request: RequestID?
    public var session: SessionID?
    public var incident: Incident.Number?
    public var customer: Customer.ID?
    public var method: JournalMethod?
    public var modification: Int?
    public var attempt: Int?
    public var state: JournalState?
    public var digest: Int64?
    public var detail: String?
    /// Who brought an input about; `nil`: nobody but the dispatcher itself, or nobody said.
    public var actor: String?

    public init(
        at: Timestamp,
        _ kind: JournalKind,
        cause: Int? = nil,
        correlation: UniqueID? = nil,
        request: RequestID? = nil,
        session: SessionID? = nil,
        incident: Incident.Number? = nil,
        customer: Customer.ID? = nil,
        method: JournalMethod? = nil,
        modification: Int? = nil,
        attempt: Int? = nil,
        state: JournalState? = nil,
        digest: Int64? = nil,
        detail: String? = nil,
        actor: String? = nil
    ) {
        self.at = at
        self.kind = kind
        self.cause = cause
        self.correlation = correlation
        self.request = request
        self.session = session
        self.incident = incident
        self.customer = customer
        self.method = method
        self.modification = modification
        self.attempt = attempt
        self.state = state
        self.digest = digest
        self.detail = detail
        self.actor = actor
    }

    /// Of the dispatch record that it is about.
    public var key: DispatchKey? {
        guard let incident, let customer, let method else { return nil }
        return DispatchKey(incident: incident, customer: customer, method: method.method)
    }

    func required<Value>(_ value: Value?, _ column: String) throws(JournalDamage) -> Value {
        guard let value else { throw JournalDamage("is a \(kind.name) without its \(column)") }
        return value
    }
}

/// What is wrong with a row, to be told with its place.
public struct JournalDamage: Error, Sendable {
    public let what: String

    public init(_ what: String) { self.what = what }
}
