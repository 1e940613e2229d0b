internal import Algorithms
public import DemandResponse

/// Numbers dispatch records from 0 in the order in which they come, so that what is known of each can stand in an array.
///
/// An ascending array for each incident. Hundreds of thousands of keys in a hash table cost several times the memory, and every
/// look-up a hash of three fields.
public struct DispatchIndex: Sendable {
    private struct Entry {
        let customer: Customer.ID
        let method: DispatchMethod?
        let place: Int32

        func precedes(_ key: DispatchKey) -> Bool {
            if customer != key.customer { return customer < key.customer }
            return (method?.rawValue ?? 0) < (key.method?.rawValue ?? 0)
        }
    }

    private var incidents: [Incident.Number: Int] = [:]
    private var entries: [[Entry]] = []
    /// How many there are.
    public private(set) var count = 0

    public init() {}

    public func place(of key: DispatchKey) -> Int? { places(of: key).record }

    /// The place of the customer's record that came first, which stands for all of them.
    public func firstPlace(of customer: Customer.ID, in incident: Incident.Number) -> Int? {
        places(of: DispatchKey(incident: incident, customer: customer, method: nil)).participant
    }

    /// - Returns: the places of the record, and of the one of the same customer and incident that came first.
    public func places(of key: DispatchKey) -> (record: Int?, participant: Int?) {
        guard let incident = incidents[key.incident],
            var index = Self.start(of: key.customer, in: entries[incident])
        else { return (nil, nil) }
        var record: Int?
        var first = Int32.max
        while index < entries[incident].count {
            let entry = entries[incident][index]
            guard entry.customer == key.customer else { break }
            if entry.method == key.method { record = Int(entry.place) }
            first = min(first, entry.place)
            index += 1
        }
        return (record, Int(first))
    }

    /// In no order.
    public func forEach(_ body: (DispatchKey, Int) -> Void) {
        for (incident, index) in incidents {
            for entry in entries[index] {
                let key = DispatchKey(incident: incident, customer: entry.customer, method: entry.method)
                body(key, Int(entry.place))
            }
        }
    }

    /// - Returns: the record's place, also where it had one before.
    public mutating func insert(_ key: DispatchKey) -> Int {
        if let known = place(of: key) { return known }
        let incident = incidents[key.incident] ?? entries.count
        if incident == entries.count {
            incidents[key.incident] = incident
            entries.append([])
        }
        let entry = Entry(customer: key.customer, method: key.method, place: Int32(count))
        // Customers are called in ascending order: what is new belongs behind the others.
        if entries[incident].last?.precedes(key) ?? true {
            entries[incident].append(entry)
        } else {
            let index = entries[incident].partitioningIndex { !$0.precedes(key) }
            entries[incident].insert(entry, at: index)
        }
        count += 1
        return count - 1
    }

    /// The first entry of a customer. Most ids are given in a row, and then stand where evenly spread ones would.
    private static func start(of customer: Customer.ID, in entries: [Entry]) -> Int? {
        guard let first = entries.first?.customer, let last = entries.last?.customer, first <= customer,
            customer <= last
        else { return nil }
        let width = Double(last) - Double(first)
        let share = width > 0 ? (Double(customer) - Double(first)) / width : 0
        var index = min(Int((share * Double(entries.count - 1)).rounded()), entries.count - 1)
        if entries[index].customer == customer {
            while index > 0, entries[index - 1].customer == customer { index -= 1 }
            return index
        }
        index = entries.partitioningIndex { $0.customer >= customer }
        return entries[index].customer == customer ? index : nil
    }
}
