internal import Algorithms
import DemandResponse

/// Finds the customers that a selector names, as positions in the roster.
struct CustomerIndex {
    private let ids: [Customer.ID]
    private let positions: [Program.ID: [Int]]
    private let groups: [String: [Int]]

    init(_ roster: Roster) {
        ids = roster.customers.map(\.id)
        positions = Dictionary(grouping: roster.customers.indices) { roster.customers[$0].program }
        groups = roster.customers.indices.reduce(into: [:]) { groups, position in
            if let group = roster.customers[position].group { groups[group, default: []].append(position) }
        }
    }

    func forEach(_ selector: CustomerSelector, _ body: (Int) -> Void) {
        switch selector {
        case .all: ids.indices.forEach(body)
        case .program(let program): positions[program]?.forEach(body)
        case .group(let group): groups[group]?.forEach(body)
        case .customer(let id): positions(in: id...id).forEach(body)
        case .customers(let ranges): for range in ranges { positions(in: range).forEach(body) }
        }
    }

    func matchesSomething(_ selector: CustomerSelector) -> Bool {
        switch selector {
        case .all: !ids.isEmpty
        case .program(let program): positions[program] != nil
        case .group(let group): groups[group] != nil
        case .customer(let id): !positions(in: id...id).isEmpty
        case .customers(let ranges): ranges.contains { !positions(in: $0).isEmpty }
        }
    }

    /// Ids ascend, so a range of ids is a range of positions.
    private func positions(in range: ClosedRange<Customer.ID>) -> Range<Int> {
        let low = ids.partitioningIndex { $0 >= range.lowerBound }
        return low..<ids[low...].partitioningIndex { $0 > range.upperBound }
    }
}
