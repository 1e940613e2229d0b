public import Base
public import DemandResponse
public import Journal

/// What happened to one customer in one incident, step by step.
public struct Trace: Sendable {
    public struct Key: Hashable, Sendable {
        public var incident: Incident.Number
        public var customer: Customer.ID

        public init(incident: Incident.Number, customer: Customer.ID) {
            self.incident = incident
            self.customer = customer
        }
    }

    /// Told by the dispatcher's journal, or by what the customer's client saw and did.
    public enum Step: Sendable {
        case dispatcher(JournalFact)
        case client(Observation)

        public var at: Timestamp {
            switch self {
            case .dispatcher(let fact): fact.at
            case .client(let observation): observation.at
            }
        }
    }

    public var key: Key
    public internal(set) var steps: [Step] = []
    /// How many more there are.
    public internal(set) var omitted = 0

    /// A client that comes and goes all day would fill a page.
    static let mostSteps = 60
}

/// What went wrong on the way to a customer, and was perhaps made good later.
public struct Disturbance: Sendable {
    public enum Kind: Sendable, CaseIterable {
        /// A client lost its connection while the run lasted.
        case disconnected
        /// A delivery failed for now and was tried again.
        case deferred
        case failed
    }

    public var at: Timestamp
    public var kind: Kind
    public var customer: Customer.ID
}

/// What a report tells of single customers: read in one walk over the journal and one over the observations.
public struct Evidence: Sendable {
    /// In the order in which they were asked for.
    public internal(set) var traces: [Trace] = []
    /// The dispatcher's, in their order, then the clients'.
    public internal(set) var disturbances: [Disturbance] = []
}
