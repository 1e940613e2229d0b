internal import DemandResponse
internal import DispatchStore
internal import Journal

/// Tells differences of their own from those that follow only because of an earlier one.
///
/// - Where a decision is missing, extra or moved, everything later about the same record (incident, customer and method)
///   follows from it; where it is an incident or an acknowledgement, everything later about that incident or that customer's
///   answer.
/// - Where a decision says something else, later ones for the same customer and incident follow if they differ in the same
///   fields: another message is told again and again, but has nothing to do with what an acknowledgement means.
/// - What names no incident (an answer, a refusal) follows from a difference of the same input that does.
struct Consequences {
    private struct CustomerIncident: Hashable {
        let incident: Incident.Number
        let customer: Customer.ID?
    }

    private struct Changed: Hashable {
        let about: CustomerIncident
        let field: JournalRow.Field.Name
    }

    private var incidents: Set<Incident.Number> = []
    private var records: Set<DispatchKey> = []
    private var answers: Set<CustomerIncident> = []
    /// Customers some record of whom is missing, extra or moved.
    private var customers: Set<CustomerIncident> = []
    private var changed: Set<Changed> = []
    /// The last input at which an incident's decision differed.
    private var lastSequence: Int?

    /// - Returns: whether it follows from one that was taken before.
    mutating func take(_ difference: ReplayDifference) -> Bool {
        let row = difference.row
        guard let incident = row.incident else {
            defer { lastSequence = difference.sequence }
            return lastSequence == difference.sequence
        }
        defer { lastSequence = difference.sequence }
        let about = CustomerIncident(incident: incident, customer: row.customer)
        let key = row.method.flatMap { method in
            row.customer.map { DispatchKey(incident: incident, customer: $0, method: method.method) }
        }
        let fields = Set(difference.fields.map { Changed(about: about, field: $0.name) })
        let isConsequence =
            incidents.contains(incident) || answers.contains(about)
            || (key.map { records.contains($0) } ?? customers.contains(about))
            || difference.kind == .changed && !fields.isEmpty && fields.isSubset(of: changed)
        switch difference.kind {
        case .changed: changed.formUnion(fields)
        case .missing, .extra, .moved:
            if row.kind == .incidentRecorded { incidents.insert(incident) }
            if let key { records.insert(key) }
            if row.customer != nil { customers.insert(about) }
            if row.kind == .acknowledgementRecorded { answers.insert(about) }
        case .reordered: break
        }
        return isConsequence
    }
}
