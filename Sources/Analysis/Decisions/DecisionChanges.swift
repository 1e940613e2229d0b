internal import Base
internal import DemandResponse

/// Gathers what changed, and puts together whom and what changed in the same way.
struct DecisionChanges {
    private struct Place {
        /// `nil`: of no incident.
        let incident: String?
        /// None: the incident itself.
        var customers: CustomerSet
        /// With the clock's times of the incident.
        let change: String
    }

    /// By the change told without times of day: what is the same in twenty incidents is told once.
    private var places: [String: [Place]] = [:]
    private var order: [String] = []

    /// What concerns no single customer.
    mutating func add(_ change: String, of incident: String?) {
        add(change, Place(incident: incident, customers: CustomerSet(), change: change))
    }

    mutating func add(_ old: IncidentDecisions, _ new: IncidentDecisions) {
        for change in DecisionWording.ownChanges(from: old.own, to: new.own) { add(change, of: new.name) }
        if old.groups == new.groups { return }
        let timed = DecisionWording(before: { old.clock(of: $0) }, after: { new.clock(of: $0) })
        let untimed = DecisionWording(before: { _ in nil }, after: { _ in nil })
        for (customers, before, after) in Self.pairs(old, new) {
            let keys = untimed.changes(from: before, to: after)
            for (key, change) in zip(keys, timed.changes(from: before, to: after)) {
                add(key, Place(incident: new.name, customers: customers, change: change))
            }
        }
    }

    private mutating func add(_ key: String, _ place: Place) {
        guard let index = places[key]?.lastIndex(where: { $0.incident == place.incident }),
            let known = places[key]?[index], known.change == place.change
        else {
            if places[key] == nil { order.append(key) }
            places[key, default: []].append(place)
            return
        }
        places[key]?[index].customers = CustomerSet(union: [known.customers, place.customers])
    }

    /// Customers with what was decided for them in both, where that is not the same; `nil`: not dispatched.
    private static func pairs(
        _ old: IncidentDecisions,
        _ new: IncidentDecisions
    ) -> [(CustomerSet, [Decision]?, [Decision]?)] {
        var pairs: [(CustomerSet, [Decision]?, [Decision]?)] = []
        let all = (old.customers, new.customers)
        for group in old.groups {
            let gone = group.customers.subtracting(all.1)
            if gone.count > 0 { pairs.append((gone, group.decisions, nil)) }
            for other in new.groups where other.decisions != group.decisions {
                let both = group.customers.intersection(other.customers)
                if both.count > 0 { pairs.append((both, group.decisions, other.decisions)) }
            }
        }
        for group in new.groups {
            let added = group.customers.subtracting(all.0)
            if added.count > 0 { pairs.append((added, nil, group.decisions)) }
        }
        return pairs
    }

    var differences: [DecisionDifference] {
        order.compactMap { key in
            guard let places = places[key], let first = places.first else { return nil }
            let everybody = CustomerSet(union: places.map(\.customers))
            let isSame = places.allSatisfy { $0.customers == first.customers }
            let count = places.reduce(0) { $0 + $1.customers.count }
            let whom = [
                everybody.count > 0 ? Self.words(everybody) : nil, Self.words(places.map(\.incident)),
                isSame ? nil : "\(Units.count(count)) times in all",
            ].compactMap(\.self)
            return DecisionDifference(
                subject: whom.joined(separator: ", "),
                change: places.count == 1 ? first.change : key,
                count: count,
                at: first.incident.map { DecisionDifference.Place(incident: $0, customer: first.customers.first) }
            )
        }
    }

    private static func words(_ incidents: [String?]) -> String? {
        let names = incidents.compactMap(\.self)
        switch names.count {
        case 0: return nil
        case 1: return "incident \(names[0])"
        case 2: return "incidents \(names[0]) and \(names[1])"
        default: return "\(Units.count(names.count)) incidents (\(names[0]) … \(names[names.count - 1]))"
        }
    }

    /// `customer 17`, `3 customers (1..2, 7)`, `298 customers (10003, 10017, 10040, …)`
    static func words(_ customers: CustomerSet) -> String {
        if customers.count == 1, let id = customers.first { return "customer \(id)" }
        let shown = customers.words.prefix(6).joined(separator: ", ")
        let more = customers.ranges.count > 6 ? ", …" : ""
        return "\(Units.plural(customers.count, "customer")) (\(shown)\(more))"
    }
}
