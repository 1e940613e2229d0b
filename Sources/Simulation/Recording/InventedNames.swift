internal import DemandResponse
internal import Scenarios

/// What names and contacts a recording shows: those of the database, or invented ones that derive from the ids.
struct InventedNames {
    let keepsNames: Bool
    /// In the order of their names.
    private let groups: [String]

    init(keepsNames: Bool, roster: Roster) {
        self.keepsNames = keepsNames
        groups = Set(roster.customers.compactMap(\.group)).sorted()
    }

    /// One that the roster does not have was asked for in vain.
    func group(_ name: String) -> String {
        if keepsNames { return name }
        return groups.firstIndex(of: name).map { "group-\($0 + 1)" } ?? "no-group"
    }

    func program(_ program: Program) -> Program {
        var program = program
        if !keepsNames {
            program.name = "Program \(program.id)"
            // It may name people and numbers.
            program.messageTemplate = nil
        }
        if program.name.isEmpty { program.name = "Program \(program.id)" }
        return program
    }

    func customer(_ customer: Customer) -> Customer {
        var customer = customer
        let invented = "Customer \(customer.id)"
        if keepsNames {
            customer.name = Self.withoutGaps(customer.name)
            customer.address = Self.withoutGaps(customer.address)
            customer.phone = Self.withoutGaps(customer.phone)
            customer.email = Self.withoutGaps(customer.email)
            if customer.name.isEmpty { customer.name = invented }
            return customer
        }
        customer.name = invented
        customer.group = customer.group.map(group)
        if !customer.address.isEmpty { customer.address = "Site \(customer.id)" }
        // Numbers that are nobody's (NANP: 555-0100 … 555-0199), and a domain that is nobody's (RFC 2606).
        if !customer.phone.isEmpty {
            customer.phone = "+161755501\(String(100 + customer.id % 100).dropFirst())"
        }
        if !customer.email.isEmpty { customer.email = "customer\(customer.id)@customers.example" }
        return customer
    }

    /// Who acknowledged, as a template.
    /// - Parameter customer: as the database knows it.
    func by(_ name: String, _ customer: Customer?) -> String {
        guard keepsNames, !name.isEmpty else { return Scenarios.Answer.defaultBy }
        let name = Self.withoutGaps(name)
        guard let customer, !customer.name.isEmpty else { return name }
        return name.replacing(Self.withoutGaps(customer.name), with: Scenarios.Answer.defaultBy)
    }

    /// A carrier's words for a failure, if they may be shown and are not the standard ones.
    func reason(_ reason: String, _ method: DispatchMethod, _ customer: Customer?) -> String? {
        guard reason != SimulatedCarriers.reason(method), !reason.isEmpty else { return nil }
        let contacts = [customer?.name, customer?.email, customer?.phone, customer?.address].compactMap(\.self)
        let isTelling =
            reason.contains("@") || reason.contains { $0.isNumber }
            || contacts.contains { !$0.isEmpty && reason.contains($0) }
        return isTelling && !keepsNames ? nil : reason
    }

    /// Braces mark gaps that the reader of a scenario fills.
    private static func withoutGaps(_ text: String) -> String {
        text.replacing("{", with: "(").replacing("}", with: ")")
    }
}
