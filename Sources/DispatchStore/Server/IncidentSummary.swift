public import Base
public import DemandResponse
internal import GRDB
public import Journal
public import Measures

/// How an incident stands, counted: what an operator wants to know at a glance.
public struct IncidentSummary: Sendable {
    /// The records of one method.
    public struct Channel: Sendable {
        public var method: DispatchMethod?
        public var records = 0
        /// Taken by the method, delivered ones among them.
        public var sent = 0
        public var delivered = 0
        public var failed = 0
    }

    public var incident: Incident
    public var customers = 0
    public var standings: [Standing: Int] = [:]
    /// Customers whom any method reached, whether they answered or not.
    public var reached = 0
    /// Answers that came after the program's deadline or after the end.
    public var late = 0
    /// In the order of `DispatchMethod`; the record of a customer without any method is not among them.
    public var channels: [Channel] = []
    /// From the commit to the method's having taken it (or the carrier's report that it is there).
    public var deliveryLatency = Population([], endless: 0)
    /// From the commit to the answer's commit; customers who have not answered count as later than any value.
    public var acknowledgementLatency = Population([], endless: 0)
}

extension ServerDatabase {
    /// - Returns: `nil` for an unknown incident.
    public func readSummary(of id: UniqueID) throws(StoreError) -> IncidentSummary? {
        try file.read { database in
            guard let incident = try Incident.find(id, database) else { return nil }
            var tally = SummaryTally()
            try Participation.forEach(in: incident.number, database) { participation in
                tally.add(participation)
                return true
            }
            return tally.summary(of: incident)
        }
    }
}

private struct SummaryTally {
    private var standings: [Standing: Int] = [:]
    private var customers = 0
    private var reached = 0
    private var late = 0
    private var channels: [DispatchMethod: IncidentSummary.Channel] = [:]
    private var answered: [Span] = []
    private var delivered: [Span] = []
    private var undelivered = 0

    mutating func add(_ participation: Participation) {
        customers += 1
        standings[participation.standing, default: 0] += 1
        if participation.isReached { reached += 1 }
        if participation.isLate { late += 1 }
        if let at = participation.acknowledgedAt { answered.append(at - participation.announcedAt) }
        for record in participation.records {
            guard let method = record.method else { continue }
            channels[method, default: IncidentSummary.Channel(method: method)].add(record.state)
            if let at = record.reachedAt {
                delivered.append(at - participation.announcedAt)
            } else {
                undelivered += 1
            }
        }
    }

    func summary(of incident: Incident) -> IncidentSummary {
        IncidentSummary(
            incident: incident,
            customers: customers,
            standings: standings,
            reached: reached,
            late: late,
            channels: DispatchMethod.allCases.compactMap { channels[$0] },
            deliveryLatency: Population(delivered, endless: undelivered),
            acknowledgementLatency: Population(answered, endless: customers - answered.count)
        )
    }
}

extension IncidentSummary.Channel {
    fileprivate mutating func add(_ state: DeliveryState) {
        records += 1
        if state.hasBeenSent { sent += 1 }
        if state == .delivered { delivered += 1 }
        if state == .failed { failed += 1 }
    }
}
