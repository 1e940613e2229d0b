internal import Base
internal import DemandResponse

extension Ledger {
    /// What is different in this ledger from an older one, in the order of the incidents; empty when the same was decided.
    public func differences(from old: Ledger) -> [DecisionDifference] {
        var differences: [DecisionDifference] = []
        var changes = DecisionChanges()
        let mine = Dictionary(incidents.map { ($0.name, $0) }) { first, _ in first }
        let names = old.incidents.map(\.name)
        let known = Set(names)
        for incident in old.incidents {
            guard let now = mine[incident.name] else {
                differences.append(.incident(incident.name, "is not there any more; \(incident.extent)"))
                continue
            }
            differences += now.ownDifferences(from: incident)
            changes.add(incident, now)
        }
        for incident in incidents where !known.contains(incident.name) {
            differences.append(.incident(incident.name, "is new; \(incident.extent)"))
        }
        if mine.count == incidents.count, Set(incidents.map(\.name)) == known, incidents.map(\.name) != names {
            differences.append(
                DecisionDifference(subject: "incidents", change: "come in another order", count: 0)
            )
        }
        differences += changes.differences
        if strays != old.strays {
            let change = DecisionWording.refusals(from: old.strays, to: strays)
            differences += change.map { DecisionDifference(subject: "of nobody", change: $0, count: 0) }
        }
        return differences
    }
}

extension DecisionDifference {
    fileprivate static func incident(_ name: String, _ change: String) -> DecisionDifference {
        DecisionDifference(subject: "incident \(name)", change: change, count: 0, at: Place(incident: name))
    }
}

extension IncidentDecisions {
    /// `it dispatched 12 customers`
    fileprivate var extent: String {
        subject == nil ? "it was refused" : "it dispatched \(Units.plural(customers.count, "customer"))"
    }

    /// What concerns no single customer.
    fileprivate func ownDifferences(from old: IncidentDecisions) -> [DecisionDifference] {
        var differences: [DecisionDifference] = []
        if subject != old.subject {
            let was = old.subject ?? "not opened"
            differences.append(.incident(name, "is now \(subject ?? "not opened"); was \(was)"))
        }
        if steps != old.steps {
            differences.append(.incident(name, "now \(Self.words(steps)); was \(Self.words(old.steps))"))
        }
        return differences
    }

    private static func words(_ steps: [Step]) -> String {
        let words = steps.map { step in
            "\(step.kind.rawValue)\(step.time.map { " at \($0)" } ?? "")\(step.refusal.map { " (refused: \($0))" } ?? "")"
        }
        return words.isEmpty ? "never opened" : words.joined(separator: ", ")
    }
}
