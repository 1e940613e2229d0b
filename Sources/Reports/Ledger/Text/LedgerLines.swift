internal import DemandResponse

/// Where in the text of a ledger its incidents and their groups of customers stand.
struct LedgerLines {
    private struct Entry {
        let line: Int
        var groups: [(customers: CustomerSet, line: Int)] = []
    }

    private var incidents: [String: Entry] = [:]

    /// - Parameter line: from 1.
    mutating func add(incident: String, line: Int) { incidents[incident] = Entry(line: line) }

    mutating func add(_ customers: CustomerSet, of incident: String, line: Int) {
        incidents[incident]?.groups.append((customers, line))
    }

    /// That of the customer's group; of one that is in none, the incident's.
    func line(of place: DecisionDifference.Place) -> Int? {
        guard let incident = incidents[place.incident] else { return nil }
        let group = place.customer.flatMap { id in incident.groups.first { $0.customers.contains(id) } }
        return group?.line ?? incident.line
    }
}
