import Base
import DemandResponse

/// What must hold whenever an input has been handled, whichever it was.
extension World {
    mutating func review(after input: Input) {
        if case .incidentRequested(let request, _) = input { reviewCoverage(of: request.id) }
        if input.isStart || input.isDeadline {
            if let deadline = dispatcher.nextDeadline, deadline <= now { complain("\(deadline.clock) is due already") }
            reviewEnds()
        }
        for key in base.order { reviewWaiting(key) }
        if case .incidentsArchived = input { reviewArchived() }
    }

    /// Nothing is under way any more for what is archived, and it is no longer kept in mind.
    private mutating func reviewArchived() {
        if dispatcher.lapsedIncidents(at: now).contains(where: base.archived.contains) {
            complain("what was archived is held")
        }
        for key in base.order where base.archived.contains(key.incident) {
            guard let row = base.rows[key] else { continue }
            for state in [row.delivery.state, row.closing?.state] {
                if let state, state.mayBecome(.withdrawn) { complain("\(row.dispatch.label) is archived and \(state)") }
            }
        }
    }

    /// Exactly one record for each customer whom the incident calls and does not leave out, and each of its methods; the one that says so for none.
    private mutating func reviewCoverage(of id: UniqueID) {
        guard let number = base.number(of: id), let incident = base.incident(number), incident.createdAt == now else {
            return
        }
        var wanted: Set<DispatchKey> = []
        let leftOut = Set(base.leftOut.filter { $0.incident == number }.map(\.customer))
        for customer in base.roster.customers where incident.calls(customer) && !leftOut.contains(customer.id) {
            for method in customer.methods.isEmpty ? [nil] : customer.methods.map(Optional.some) {
                wanted.insert(DispatchKey(incident: number, customer: customer.id, method: method))
            }
        }
        let had = base.order.filter { $0.incident == number }
        if had.count != wanted.count || Set(had) != wanted { complain("\(incident.notation) is not covered: \(had)") }
    }

    /// Nothing waits for an incident that has ended.
    private mutating func reviewEnds() {
        for key in base.order {
            guard let row = base.rows[key], let incident = base.incident(key.incident) else { continue }
            guard incident.period.hasEnded(at: now), !incident.isBelated else { continue }
            for state in [row.delivery.state, row.closing?.state] where state == .pending || state == .deferred {
                complain("\(row.dispatch.label) waits after the end")
            }
        }
    }

    /// What waits is wanted, and waits for somebody who is not there.
    private mutating func reviewWaiting(_ key: DispatchKey) {
        guard let row = base.rows[key], let incident = base.incident(key.incident) else { return }
        let delivery = row.delivery
        guard delivery.state == .pending || delivery.state == .deferred else { return }
        if let closing = incident.closing { complain("\(row.dispatch.label) waits after the \(closing.kind)") }
        if base.answer(key.incident, key.customer) != nil {
            complain("\(row.dispatch.label) waits after the acknowledgement")
        }
        if delivery.state == .pending, delivery.attempts == 0, sessions.values.contains(key.customer) {
            complain("\(row.dispatch.label) waits for somebody who is there")
        }
    }
}

extension Input {
    var isDeadline: Bool {
        if case .deadlineReached = self { true } else { false }
    }
}
