import DemandResponse

/// Holds the rules of clients against the roster and the run.
struct ClientResolver {
    let roster: RosterResolution
    let clock: ScenarioClock?
    let diagnostics: Diagnostics

    func resolve(_ drafts: [ClientDraft]) -> [ClientRule] {
        let index = CustomerIndex(roster.roster)
        return drafts.compactMap { draft in
            if let of = draft.of { check(of, index) }
            let connects = draft.connects.flatMap(resolve)
            let disconnects = draft.disconnects?.compactMap(resolve)
            guard let of = draft.of else { return nil }
            return ClientRule(
                of: of.value,
                connects: connects,
                link: draft.link,
                acknowledges: draft.acknowledges,
                disconnects: disconnects
            )
        }
    }

    private func check(_ selector: Located<CustomerSelector>, _ index: CustomerIndex) {
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
        case .customer, .customers, .all:
            guard roster.hasAllCustomers else { return }
            let range = ids.first.flatMap { first in ids.last.map { "ids are within \(first)..\($0)" } }
            diagnostics.error("there is no such customer", at: selector.location, help: range ?? "there are none")
        }
    }

    private func resolve(_ draft: ConnectsDraft) -> Connects? {
        switch draft {
        case .never: .never
        case .at(let at, let spread, let share):
            at.flatMap { at in clock?.instantOfRun(at, diagnostics) }.map { .at($0, spread: spread, share: share) }
        }
    }

    private func resolve(_ draft: DisconnectionDraft) -> Disconnection? {
        guard let at = draft.at, let instant = clock?.instantOfRun(at, diagnostics), let lasting = draft.lasting else {
            return nil
        }
        return Disconnection(at: instant, spread: draft.spread, lasting: lasting, share: draft.share)
    }
}
