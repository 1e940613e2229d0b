import DemandResponse

extension ScenarioWriter {
    mutating func writeRoster(_ scenario: Scenario) {
        section("programs", scenario.roster.programs) { writer, program in
            let zone = program.timeZone == scenario.timeZone ? nil : program.timeZone
            writer.line(
                "  - "
                    + YAMLText.mapping(
                        [
                            ("id", String(program.id)),
                            ("name", YAMLText.scalar(program.name)),
                            ("time_zone", zone.map(YAMLText.scalar)),
                            ("acknowledge_within", program.acknowledgeWithin.map(DurationText.text)),
                            ("message", program.messageTemplate.map(YAMLText.scalar)),
                            ("retries", program.retries.map(Self.written)),
                        ] + Self.written(program.rules)
                    )
            )
        }
        section("customers", AlikeCustomers.groups(of: scenario.roster.customers)) { writer, group in
            writer.line("  - " + group.text)
        }
    }
}

extension ScenarioWriter {
    fileprivate static func written(_ retries: Retries) -> String {
        YAMLText.mapping([
            ("times", retries.times.map(String.init)),
            ("first", retries.first.map(DurationText.text)),
            ("at_most", retries.atMost.map(DurationText.text)),
        ])
    }
}

/// Customers with successive ids who are alike but for their ids.
private struct AlikeCustomers {
    private var first: Customer
    private var last: Customer.ID
    private var name: Pattern
    private var address: Pattern
    private var phone: Pattern
    private var email: Pattern

    init(_ customer: Customer) {
        first = customer
        last = customer.id
        name = Pattern(customer.name, id: customer.id)
        address = Pattern(customer.address, id: customer.id)
        phone = Pattern(customer.phone, id: customer.id, hasEndings: true)
        email = Pattern(customer.email, id: customer.id)
    }

    static func groups(of customers: [Customer]) -> [AlikeCustomers] {
        var groups: [AlikeCustomers] = []
        for customer in customers {
            if let last = groups.indices.last, groups[last].adopt(customer) { continue }
            groups.append(AlikeCustomers(customer))
        }
        return groups
    }

    private mutating func adopt(_ customer: Customer) -> Bool {
        guard customer.id == last + 1, customer.program == first.program, customer.group == first.group,
            customer.methods == first.methods
        else {
            return false
        }
        var group = self
        let other = AlikeCustomers(customer)
        guard group.name.narrow(to: other.name), group.address.narrow(to: other.address),
            group.phone.narrow(to: other.phone), group.email.narrow(to: other.email)
        else { return false }
        group.last = customer.id
        self = group
        return true
    }

    var text: String {
        YAMLText.mapping([
            first.id == last ? ("id", String(last)) : ("ids", "\(first.id)..\(last)"),
            ("name", YAMLText.scalar(name.text)),
            ("program", String(first.program)),
            ("group", first.group.map(YAMLText.scalar)),
            ("address", address.text.isEmpty ? nil : YAMLText.scalar(address.text)),
            ("phone", phone.text.isEmpty ? nil : YAMLText.scalar(phone.text)),
            ("email", email.text.isEmpty ? nil : YAMLText.scalar(email.text)),
            ("channels", YAMLText.list(first.methods.map(\.name))),
        ])
    }

    /// The ways in which a text may have come from an id, the simplest first.
    private struct Pattern {
        private var candidates: [String]

        init(_ text: String, id: Customer.ID, hasEndings: Bool = false) {
            candidates = [text, text.replacing(String(id), with: "{id}")]
            let ending = String(String(100 + id % 100).dropFirst())
            if hasEndings, text.hasSuffix(ending) { candidates.append(text.dropLast(2) + "{nn}") }
        }

        var text: String { candidates.first ?? "" }

        /// Keeps what both have in common; false, and nothing changed, if that is nothing.
        mutating func narrow(to other: Pattern) -> Bool {
            let common = candidates.filter(other.candidates.contains)
            if !common.isEmpty { candidates = common }
            return !common.isEmpty
        }
    }
}
