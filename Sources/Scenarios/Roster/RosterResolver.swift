import DemandResponse

/// A roster, and whether it holds all that the file meant to: if not, names that it lacks are no mistakes.
struct RosterResolution {
    var roster: Roster
    var hasAllPrograms: Bool
    var hasAllCustomers: Bool
    /// Whether every customer's program is there.
    var hasAllEnrolments: Bool
}

/// Holds programs and customers against each other.
struct RosterResolver {
    static let largestRoster = 1_000_000
    /// Of all customers' texts with their gaps filled, in bytes: many customers have short ones.
    static let longestTexts = 256 << 20

    let diagnostics: Diagnostics
    /// Of programs that name none.
    var zone = Program.defaultTimeZone

    func resolve(_ draft: RosterDraft) -> RosterResolution {
        let programs = draft.programs ?? []
        let customers = draft.customers ?? []
        refuseDuplicates(among: programs)
        refuseOverlaps(among: customers)
        let ids = Set(programs.compactMap { $0.id?.value })
        let hasAllPrograms = draft.programs != nil && programs.allSatisfy { $0.id != nil }
        if hasAllPrograms { refuseUndefinedPrograms(of: customers, defined: ids) }
        let isSmallEnough = refuseTooMany(customers) && refuseLongTexts(of: customers)
        let hasAllCustomers =
            isSmallEnough && draft.customers != nil && customers.allSatisfy { $0.ids != nil && $0.program != nil }
        return RosterResolution(
            roster: Roster(
                programs: programs.compactMap(program),
                customers: isSmallEnough ? customers.flatMap(Self.customers) : []
            ),
            hasAllPrograms: hasAllPrograms,
            hasAllCustomers: hasAllCustomers,
            hasAllEnrolments: hasAllCustomers
                && customers.allSatisfy { $0.program.map { ids.contains($0.value) } ?? false }
        )
    }

    private func refuseDuplicates(among programs: [ProgramDraft]) {
        var first: [Program.ID: SourceLocation] = [:]
        for id in programs.compactMap(\.id) {
            guard let earlier = first[id.value] else {
                first[id.value] = id.location
                continue
            }
            diagnostics.error(
                "the program \(id.value) is already defined",
                at: id.location,
                help: "it is on \(diagnostics.line(of: earlier, from: id.location))"
            )
        }
    }

    /// In order of first ids an overlap shows against the furthest range so far.
    private func refuseOverlaps(among customers: [CustomerDraft]) {
        let ranges = customers.compactMap(\.ids).sorted {
            ($0.value.lowerBound, $0.location) < ($1.value.lowerBound, $1.location)
        }
        guard var furthest = ranges.first else { return }
        for range in ranges.dropFirst() {
            if range.value.lowerBound <= furthest.value.upperBound {
                let (earlier, later) = range.location < furthest.location ? (range, furthest) : (furthest, range)
                diagnostics.error(
                    "the customer \(range.value.lowerBound) is already defined",
                    at: later.location,
                    help: "it is on \(diagnostics.line(of: earlier.location, from: later.location))"
                )
            }
            if range.value.upperBound > furthest.value.upperBound { furthest = range }
        }
    }

    private func refuseUndefinedPrograms(of customers: [CustomerDraft], defined: Set<Program.ID>) {
        for program in customers.compactMap(\.program) where !defined.contains(program.value) {
            diagnostics.error(
                "there is no program \(program.value)",
                at: program.location,
                help: Known.help(defined.sorted().map(String.init), called: "programs")
            )
        }
    }

    private func refuseTooMany(_ customers: [CustomerDraft]) -> Bool {
        var count = 0
        for ids in customers.compactMap(\.ids) {
            count += ids.value.count
            guard count <= Self.largestRoster else {
                diagnostics.error("more than \(Self.largestRoster) customers", at: ids.location)
                return false
            }
        }
        return true
    }

    /// Looks at one customer of each range, before there are all the others: none of them has longer texts than the last one.
    private func refuseLongTexts(of customers: [CustomerDraft]) -> Bool {
        var bytes = 0
        var isFitting = true
        for draft in customers {
            guard let ids = draft.ids, draft.program != nil else { continue }
            let last = Self.customer(draft, ids.value.upperBound, program: 0)
            if let refusal = last.refusals.first(where: { $0.field != "dispatchTypes" }) {
                let who = "customer \(last.id)"
                diagnostics.error(
                    "with its gaps filled the \(refusal.field) of \(who) \(refusal.reason)",
                    at: ids.location
                )
                isFitting = false
            }
            bytes += [last.name, last.address, last.phone, last.email].map(\.utf8.count).reduce(0, +) * ids.value.count
            guard bytes <= Self.longestTexts else {
                diagnostics.error(
                    "the customers' texts are more than \(Self.longestTexts >> 20) MiB together, with their gaps filled",
                    at: ids.location,
                    help: "shorten name, address, phone or email, or make it fewer customers"
                )
                return false
            }
        }
        return isFitting
    }

    private func program(_ draft: ProgramDraft) -> Program? {
        draft.id.map { id in
            Program(
                id: id.value,
                name: draft.name ?? "",
                timeZone: draft.timeZone ?? zone,
                acknowledgeWithin: draft.acknowledgeWithin,
                messageTemplate: draft.message,
                retries: draft.retries,
                rules: draft.rules
            )
        }
    }

    private static func customers(_ draft: CustomerDraft) -> [Customer] {
        guard let ids = draft.ids?.value, let program = draft.program?.value else { return [] }
        return ids.map { customer(draft, $0, program: program) }
    }

    private static func customer(_ draft: CustomerDraft, _ id: Customer.ID, program: Program.ID) -> Customer {
        func filled(_ template: String?) -> String {
            Template.fill(template ?? "") { name in
                switch name {
                case "id": String(id)
                case "nn": String(String(100 + id % 100).dropFirst())
                default: nil
                }
            }
        }
        return Customer(
            id: id,
            name: filled(draft.name),
            address: filled(draft.address),
            phone: filled(draft.phone),
            email: filled(draft.email),
            program: program,
            group: draft.group,
            methods: draft.channels ?? []
        )
    }
}

/// Lists of what is known, for help.
enum Known {
    static func help(_ names: [String], called plural: String) -> String {
        guard !names.isEmpty else { return "there are no \(plural)" }
        let rest = names.count - 10
        return "known \(plural): " + names.prefix(10).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// - Parameters:
    ///   - groups: of all customers who are meant.
    ///   - whose: `of program 1`.
    static func check(_ group: Located<String>, among groups: Set<String>, _ whose: String, _ diagnostics: Diagnostics)
    {
        guard !groups.contains(group.value) else { return }
        let known = groups.sorted()
        diagnostics.error(
            "no customer\(whose) is of the group '\(group.value.shortened)'",
            at: group.location,
            help: known.isEmpty
                ? "a customer's group is its key group"
                : Spelling.help(group.value, among: Array(known.prefix(10)), called: "groups")
        )
    }

    /// - Parameter incidents: `nil` if not all of them could be read.
    static func check(_ incident: Located<String>, among incidents: [String]?, _ diagnostics: Diagnostics) {
        guard let incidents, !incidents.contains(incident.value) else { return }
        diagnostics.error(
            "there is no incident '\(incident.value.shortened)'",
            at: incident.location,
            help: Spelling.help(incident.value, among: Array(incidents.prefix(10)), called: "incidents")
        )
    }
}
