import DemandResponse

/// Whether selectors name anybody of the roster.
struct SelectorCheck {
    private let roster: RosterResolution
    private let index: CustomerIndex
    private let diagnostics: Diagnostics

    init(roster: RosterResolution, diagnostics: Diagnostics) {
        self.roster = roster
        self.diagnostics = diagnostics
        index = CustomerIndex(roster.roster)
    }

    func check(_ selector: Located<CustomerSelector>) {
        guard !index.matchesSomething(selector.value) else { return }
        let ids = roster.roster.customers.map(\.id)
        let programs = roster.roster.programs.map { String($0.id) }
        switch selector.value {
        case .program(let id) where roster.roster.program(id) == nil:
            guard roster.hasAllPrograms else { return }
            diagnostics.error(
                "there is no program \(id)",
                at: selector.location,
                help: Known.help(programs, called: "programs")
            )
        case .program(let id):
            guard roster.hasAllEnrolments else { return }
            diagnostics.error("the program \(id) has no customers", at: selector.location)
        case .group(let name):
            guard roster.hasAllCustomers else { return }
            let groups = Set(roster.roster.customers.compactMap(\.group))
            Known.check(Located(value: name, location: selector.location), among: groups, "", diagnostics)
        case .customer, .customers, .all:
            guard roster.hasAllCustomers else { return }
            let range = ids.first.flatMap { first in ids.last.map { "ids are within \(first)..\($0)" } }
            diagnostics.error("there is no such customer", at: selector.location, help: range ?? "there are none")
        }
    }
}
