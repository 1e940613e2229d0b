internal import DemandResponse
internal import Scenarios

extension CustomerSelector {
    /// Some customers of a roster, ascending or not: by ranges, which may reach over ids that nobody has.
    init(_ customers: [Customer.ID], among roster: Roster) {
        let wanted = Set(customers)
        if let only = wanted.first, wanted.count == 1 {
            self = .customer(only)
            return
        }
        var ranges: [ClosedRange<Customer.ID>] = []
        var isOpen = false
        for customer in roster.customers {
            let isWanted = wanted.contains(customer.id)
            if isWanted, isOpen, let last = ranges.last {
                ranges[ranges.count - 1] = last.lowerBound...customer.id
            } else if isWanted {
                ranges.append(customer.id...customer.id)
            }
            isOpen = isWanted
        }
        self = .customers(ranges)
    }
}
