public import Base
internal import DemandResponse
public import Measures

/// Counts and latencies of a record, by labels.
public struct Measurements: Sendable {
    public let history: History

    public init(_ history: History) {
        self.history = history
    }

    /// How many of how many.
    public struct Share: Sendable, Equatable {
        public var count: Int
        public var total: Int
    }

    /// - Parameter limit: counts only what was delivered within it, where that makes sense.
    public func count(_ what: RecordCount, _ selection: Selection = Selection(), within limit: Span? = nil) -> Share {
        var counts = Counts()
        for record in records(selection) where matches(record, selection) {
            let isDelivered = deliveryLatency(of: record, selection).map { $0 <= limit ?? $0 } ?? false
            counts.add(record, isDelivered: isDelivered, hasFailed: selection.attempt.map(record.hasFailed))
        }
        return Share(count: counts[what], total: counts.dispatches)
    }

    /// - Parameter limit: counts only who acknowledged within it.
    public func count(_ what: CustomerCount, _ selection: Selection = Selection(), within limit: Span? = nil) -> Share {
        var counts = Counts()
        forEachCustomer(selection) { own in
            let isSoonEnough = history.acknowledgementLatency(of: own).map { $0 <= limit ?? $0 } ?? true
            counts.add(customerIncident: own, isSoonEnough: isSoonEnough)
        }
        return Share(count: counts[what], total: counts.customerIncidents)
    }

    public func latencies(_ what: Latency, _ selection: Selection = Selection()) -> Population {
        var values: [Span] = []
        var endless = 0
        func add(_ value: Span?) {
            if let value { values.append(value) } else { endless += 1 }
        }
        switch what {
        case .delivery:
            for record in records(selection) where history.canBeDelivered(record) && matches(record, selection) {
                add(deliveryLatency(of: record, selection))
            }
        case .acknowledgement:
            forEachCustomer(selection) { add(history.acknowledgementLatency(of: $0)) }
        case .confirmation:
            forEachCustomer(selection) { if history.isAnswered($0) { add(history.confirmationLatency(of: $0)) } }
        case .dispatchLag:
            for step in history.script where selection.incident == nil || step.name == selection.incident {
                if let lag = history.dispatchLag(of: step) { values.append(lag) }
            }
        }
        return Population(values, endless: endless)
    }

    /// Each customer of each incident, ascending by incident and customer.
    public func participations(_ selection: Selection) -> [Trace.Key] {
        var keys: [Trace.Key] = []
        forEachCustomer(selection) { own in
            guard let key = own.first?.key else { return }
            keys.append(Trace.Key(incident: key.incident, customer: key.customer))
        }
        return keys
    }

    /// Where one attempt is asked for, what another one brought was not delivered by it.
    private func deliveryLatency(of record: History.Record, _ selection: Selection) -> Span? {
        guard selection.attempt ?? record.attempts == record.attempts else { return nil }
        return history.deliveryLatency(of: record)
    }

    /// Of one modification's own where it is asked for, otherwise as they were in the end.
    private func records(_ selection: Selection) -> [History.Record] {
        selection.modification.map { history.records(ofModification: $0) } ?? history.records
    }

    /// The labels that a single record can be asked for. Of an attempt, what was handed out so often.
    private func matches(_ record: History.Record, _ selection: Selection) -> Bool {
        if let program = selection.program, record.program != program { return false }
        if let group = selection.group, history.groups[record.key.customer] != group { return false }
        if let customer = selection.customer, record.key.customer != customer { return false }
        if let channel = selection.channel, record.key.method != channel { return false }
        if let attempt = selection.attempt, record.attempts < attempt { return false }
        if let incident = selection.incident, history.names[record.key.incident] != incident { return false }
        return true
    }

    /// Each customer of each incident with its records; a channel selects those who have a record of it.
    private func forEachCustomer(_ selection: Selection, _ body: (ArraySlice<History.Record>) -> Void) {
        var labels = selection
        labels.channel = nil
        History.forEachParticipation(in: records(selection)) { own in
            guard let first = own.first, matches(first, labels) else { return }
            if selection.channel == nil || own.contains(where: { $0.key.method == selection.channel }) { body(own) }
        }
    }
}
