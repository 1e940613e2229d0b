public import Analysis
public import Base
internal import DemandResponse
public import DispatchStore
public import Journal

/// A replay with the names of those whom its differences are about.
public struct ReplaySummary: Sendable {
    public let finding: ReplayFinding
    /// Of the record.
    public let path: String
    /// Of the GridDrill that replayed.
    public let version: String
    let header: RunHeader?
    /// By number; an incident of a server's database goes by its id.
    let incidents: [Incident.Number: String]
    let customers: [Customer.ID: String]
    let duration: Span

    public init(
        _ finding: ReplayFinding,
        of record: RunRecord,
        version: String,
        duration: Span
    ) throws(StoreError) {
        self.finding = finding
        self.version = version
        self.duration = duration
        path = record.path
        header = try record.readRun()
        var incidents: [Incident.Number: String] = [:]
        var customers: [Customer.ID: String] = [:]
        if !finding.isEqual {
            for incident in try record.readIncidents() { incidents[incident.number] = incident.id.description }
            for step in try record.readScript() where step.kind == .incident {
                if let number = step.incident { incidents[number] = step.name }
            }
            customers = try record.readCustomerNames()
        }
        self.incidents = incidents
        self.customers = customers
    }

    public var status: RunStatus { finding.isEqual ? .allHeld : .decisionsDiffer }

    /// `customer 17 (Keroche Wine)`
    func name(customer: Customer.ID) -> String {
        customers[customer].map { "customer \(customer) (\($0))" } ?? "customer \(customer)"
    }

    /// `incident peak`
    func name(incident: Incident.Number) -> String {
        incidents[incident].map { "incident \($0)" } ?? (incident < 0 ? "a new incident" : "incident \(incident)")
    }

    /// `+16 m 00 s` after the first input.
    func time(_ at: Timestamp) -> String {
        finding.startsAt.map { "+\(Units.text(at - $0))" } ?? at.iso8601
    }
}
