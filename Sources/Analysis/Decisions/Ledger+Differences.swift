internal import Base

extension Ledger {
    /// What is different in this ledger from an older one, in the order of the incidents; empty when the same was decided.
    public func differences(from old: Ledger) -> [DecisionDifference] {
        var changes = DecisionChanges()
        let mine = Dictionary(incidents.map { ($0.name, $0) }) { first, _ in first }
        let names = old.incidents.map(\.name)
        let known = Set(names)
        for change in DecisionWording.ownChanges(from: old.own, to: own) { changes.add(change, of: nil) }
        for incident in old.incidents {
            if let now = mine[incident.name] {
                changes.add(incident, now)
            } else {
                changes.add("is not there any more; \(incident.extent)", of: incident.name)
            }
        }
        for incident in incidents where !known.contains(incident.name) {
            changes.add("is new; \(incident.extent)", of: incident.name)
        }
        if mine.count == incidents.count, Set(incidents.map(\.name)) == known, incidents.map(\.name) != names {
            changes.add("incidents come in another order", of: nil)
        }
        return changes.differences
    }
}

extension IncidentDecisions {
    /// `it dispatched 12 customers`
    fileprivate var extent: String {
        groups.isEmpty ? "it dispatched nobody" : "it dispatched \(Units.plural(customers.count, "customer"))"
    }
}
