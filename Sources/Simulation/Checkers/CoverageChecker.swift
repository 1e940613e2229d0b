internal import Base
import DemandResponse
import DispatchStore
import Journal

/// Invariant 1: exactly one record for each customer whom the incident calls, all of the program or those of its groups, who
/// is not left out, and each method due, and none for others.
///
/// The records are unique by their key in the table, so it is enough that the sets are equal.
struct CoverageChecker: Checker {
    var findings = Findings(number: 1, name: "coverage")
    private var opened: [Incident.Number: Timestamp] = [:]
    private var leftOut: [Incident.Number: Set<Customer.ID>] = [:]

    mutating func see(_ fact: JournalFact, _ known: KnownRecords) {
        switch fact.content {
        case .incident(let number, _, _, _): opened[number] = opened[number] ?? fact.at
        case .leftOut(let number, let customer, _): leftOut[number, default: []].insert(customer)
        default: break
        }
    }

    mutating func conclude(_ evidence: Evidence, _ known: KnownRecords) {
        let records = evidence.history.records
        let enrolment = Dictionary(grouping: evidence.roster.customers, by: \.program)
        for incident in opened.keys.sorted() {
            guard let called = evidence.incidents[incident] else { continue }
            for customer in enrolment[called.program] ?? []
            where called.calls(customer) && !(leftOut[incident]?.contains(customer.id) ?? false) {
                let due: [DispatchMethod?] = customer.methods.isEmpty ? [nil] : customer.methods
                for method in due {
                    let key = DispatchKey(incident: incident, customer: customer.id, method: method)
                    findings.examine(
                        evidence.history.index(of: key) != nil,
                        at: opened[incident],
                        "there is no \(key.words)"
                    )
                }
            }
        }
        for record in records {
            let customer = evidence.roster.customer(record.key.customer)
            let isLeftOut = leftOut[record.key.incident]?.contains(record.key.customer) ?? false
            let isCalled = evidence.incidents[record.key.incident].flatMap { customer.map($0.calls) }.map {
                $0 && !isLeftOut
            }
            let isDue =
                (isCalled ?? (customer?.program == record.program))
                && (record.key.method.map { customer?.methods.contains($0) ?? false }
                    ?? (customer?.methods.isEmpty ?? false))
            findings.examine(isDue, at: record.createdAt, "nobody asked for the \(record.key.words)")
        }
    }
}
