internal import Base
internal import DemandResponse

/// Gathers what changed for customers, and puts together who changed in the same way.
struct DecisionChanges {
    private struct Place {
        let incident: String
        let customers: CustomerSet
        /// With the clock's times of the incident.
        let change: String
    }

    /// By the change told without times of day: what is the same in twenty incidents is told once.
    private var places: [String: [Place]] = [:]
    private var order: [String] = []

    mutating func add(_ old: IncidentDecisions, _ new: IncidentDecisions) {
        if old.groups == new.groups { return }
        for (customers, before, after) in Self.pairs(old, new) {
            let timed = DecisionWording(before: { old.clock(of: $0) }, after: { new.clock(of: $0) })
            let untimed = DecisionWording(before: { _ in nil }, after: { _ in nil })
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
        places[key]?[index] = Place(
            incident: place.incident,
            customers: CustomerSet(union: [known.customers, place.customers]),
            change: place.change
        )
    }

    /// Customers with their courses in both, where these are not the same; `nil`: not dispatched.
    private static func pairs(
        _ old: IncidentDecisions,
        _ new: IncidentDecisions
    ) -> [(CustomerSet, Course?, Course?)] {
        var pairs: [(CustomerSet, Course?, Course?)] = []
        let all = (old.customers, new.customers)
        for group in old.groups {
            let gone = group.customers.subtracting(all.1)
            if gone.count > 0 { pairs.append((gone, group.course, nil)) }
            for other in new.groups where other.course != group.course {
                let both = group.customers.intersection(other.customers)
                if both.count > 0 { pairs.append((both, group.course, other.course)) }
            }
        }
        for group in new.groups {
            let added = group.customers.subtracting(all.0)
            if added.count > 0 { pairs.append((added, nil, group.course)) }
        }
        return pairs
    }

    var differences: [DecisionDifference] {
        order.compactMap { key in
            guard let places = places[key], let first = places.first else { return nil }
            let count = places.reduce(0) { $0 + $1.customers.count }
            let place = DecisionDifference.Place(incident: first.incident, customer: first.customers.first)
            guard places.count > 1 else {
                return DecisionDifference(
                    subject: "\(Self.words(first.customers)), incident \(first.incident)",
                    change: first.change,
                    count: count,
                    at: place
                )
            }
            let last = places[places.count - 1].incident
            let incidents =
                places.count == 2
                ? "incidents \(first.incident) and \(last)"
                : "\(Units.count(places.count)) incidents (\(first.incident) … \(last))"
            let isSame = places.allSatisfy { $0.customers == first.customers }
            let everybody = CustomerSet(union: places.map(\.customers))
            return DecisionDifference(
                subject: "\(Self.words(everybody)), \(incidents)"
                    + (isSame ? "" : ", \(Units.count(count)) times in all"),
                change: key,
                count: count,
                at: place
            )
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
