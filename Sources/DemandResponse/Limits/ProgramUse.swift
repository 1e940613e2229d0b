public import Base

/// What is used of a program's limits at an instant.
public struct ProgramUse: Sendable {
    public var program: Program
    /// Where limits are of a customer: those of the customer who used the most.
    public var uses: [LimitUse]
    public var customers: Int
    /// Where limits are of a customer: how many have no room left in one of them.
    public var fullCustomers: Int
}

extension Dispatcher {
    /// `nil` where there is no such program.
    public func use(of id: Program.ID, at now: Timestamp) -> ProgramUse? {
        guard let program = roster.program(id) else { return nil }
        let customers = enrolment[id] ?? []
        var use = ProgramUse(program: program, uses: [], customers: customers.count, fullCustomers: 0)
        guard let rules = program.rules else { return use }
        let judge = LimitJudge(rules, zone: program.timeZone, now: now)
        let usage = usage(of: program, rules)
        guard rules.limits.of == .customer else {
            use.uses = judge.uses(of: usage.map(\.event))
            return use
        }
        var most: [Int] = []
        var isFull: [[Int]: Bool] = [:]
        for customer in customers {
            let own = usage.indices.filter { usage[$0].customers.contains(customer.id) && usage[$0].event.isCounted }
            if own.count > most.count { most = own }
            let full = isFull[own] ?? judge.uses(of: own.map { usage[$0].event }).contains(where: \.isFull)
            isFull[own] = full
            if full { use.fullCustomers += 1 }
        }
        use.uses = judge.uses(of: most.map { usage[$0].event })
        return use
    }
}
