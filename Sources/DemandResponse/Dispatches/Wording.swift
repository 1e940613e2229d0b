/// The words of one incident's dispatches, made once where they are the same for every customer.
public struct Wording: Sendable {
    let program: Program
    let incident: Incident
    private let template: String
    private let common: String?

    /// Whether each customer's message differs.
    public var namesCustomer: Bool { common == nil }

    public init(program: Program, incident: Incident) {
        self.program = program
        self.incident = incident
        template =
            (incident.isTest ? MessageTemplate.drillPrefix : "") + (program.messageTemplate ?? MessageTemplate.standard)
        common =
            MessageTemplate.namesCustomer(template)
            ? nil
            : MessageTemplate.fill(template, program: program.name, incident: incident, customer: "")
    }

    public func message(for customer: String) -> String {
        common ?? MessageTemplate.fill(template, program: program.name, incident: incident, customer: customer)
    }
}
