internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Journal

/// All that the page of a run shows, read from its record in a few walks over it.
struct RunMaterial {
    let summary: RunSummary
    let history: History
    let breakdown: Breakdown
    let programs: [Program]
    let incidents: [Incident]
    /// When the notice of each incident, as it is now, went out.
    let announcements: [Incident.Number: Timestamp]
    let customerNames: [Customer.ID: String]
    let outliers: Outliers
    let evidence: Evidence
    let failures: [FailureReason]
    let refusals: [RefusalReason]

    static let mostReasons = 40

    init(
        _ record: RunRecord,
        history: History,
        recordPath: String? = nil,
        decisions: DecisionReview? = nil
    ) throws(StoreError) {
        self.history = history
        breakdown = Breakdown(history)
        summary = try RunSummary(
            record: record,
            history: history,
            breakdown: breakdown,
            recordPath: recordPath,
            decisions: decisions
        )
        programs = try record.readPrograms()
        incidents = try record.readIncidents()
        announcements = Dictionary(
            incidents.map { ($0.number, $0.announcedAt) },
            uniquingKeysWith: { first, _ in first }
        )
        customerNames = try record.readCustomerNames()
        outliers = Outliers(history)
        evidence = try record.readEvidence(
            of: outliers.slowest.map(\.key) + outliers.silent.map(\.key),
            endingAt: summary.header.endsAt
        )
        failures = try record.readFailureReasons(limit: Self.mostReasons)
        refusals = try record.readRefusalReasons(limit: Self.mostReasons)
    }

    /// The clock of the page.
    var clock: ReportClock {
        ReportClock(zones: programs.map(\.timeZone), from: summary.header.startsAt, to: summary.header.endsAt)
    }

    func name(of incident: Incident.Number) -> String { history.names[incident] ?? "incident \(incident)" }

    func customerName(_ customer: Customer.ID) -> String { customerNames[customer] ?? "customer \(customer)" }
}
