internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

/// One customer's whole story: for each incident every step, told by the dispatcher's journal and by the customer's client.
struct CustomerAnswer {
    private let customer: Customer
    private let record: InquiredRecord
    private let traces: [Trace]

    init(_ id: Customer.ID, _ record: InquiredRecord, _ database: RunRecord) throws {
        let customers = try database.readRoster().customers
        guard let customer = customers.first(where: { $0.id == id }) else {
            throw InquiryError(
                "there is no customer \(id) in this record; its customers are \(Self.list(customers.map(\.id).sorted()))"
            )
        }
        self.customer = customer
        self.record = record
        var incidents: [Incident.Number] = []
        for own in record.history.records where own.key.customer == id && incidents.last != own.key.incident {
            incidents.append(own.key.incident)
        }
        traces = try database.readEvidence(
            of: incidents.map { Trace.Key(incident: $0, customer: id) },
            endingAt: record.header.endsAt
        ).traces
    }

    func lines(_ style: TerminalStyle) -> [String] {
        let clock = record.clock(of: customer.program)
        let program = record.program(customer.program)
        let channels = customer.methods.map(\.name).joined(separator: ", ")
        var lines = style.heading(
            "Customer \(customer.id)\(style.separator)\(customer.name)",
            "program \(customer.program), \(program?.name ?? "unknown") · "
                + (channels.isEmpty ? "no channel" : channels) + " · times of \(clock.zoneName)"
        )
        guard !traces.isEmpty else { return lines + ["", "Nothing was dispatched to this customer in this run."] }
        for trace in traces { lines += [""] + section(trace, clock, style) }
        return lines
    }

    private func section(_ trace: Trace, _ clock: ReportClock, _ style: TerminalStyle) -> [String] {
        let incident = record.incidents.first { $0.number == trace.key.incident }
        let own = record.history.records.filter {
            $0.key.incident == trace.key.incident && $0.key.customer == customer.id
        }[...]
        let latency = record.history.acknowledgementLatency(of: own)
        let outcome = latency.map { "answered after \(Units.text($0))" } ?? History.standing(of: own).words
        var lines = style.heading(
            "\(record.name(of: trace.key.incident)): \(outcome)",
            incident.map { record.words(of: $0, clock) } ?? ""
        )
        for step in trace.steps { lines += self.lines(step, since: incident?.announcedAt, clock, style) }
        if trace.omitted > 0 { lines.append("  \(style.ellipsis) and \(Units.plural(trace.omitted, "step")) more") }
        return lines
    }

    /// The instant, how long after the announcement where there is room for it, who tells it, and what happened.
    private func lines(
        _ step: Trace.Step,
        since announced: Timestamp?,
        _ clock: ReportClock,
        _ style: TerminalStyle
    ) -> [String] {
        var start = "  \(clock.precise(step.at))  "
        if !style.isNarrow {
            let span = announced.map { step.at - $0 } ?? .zero
            start += (span < .zero ? "" : "+\(Units.text(span))").padded(to: 10) + "  "
            start += (step.isClients ? "client" : "dispatcher").padded(to: 12)
        }
        start = style.plain(start)
        let colour: Colour? = step.isGood.map { $0 ? .green : .red }
        let words = style.isNarrow && step.isClients ? "client \(step.words)" : step.words
        return style.hanging(words, first: start, indent: start.columns, colour)
    }

    /// `1, 2, 5 … 1999`
    private static func list(_ ids: [Customer.ID]) -> String {
        guard ids.count > 8, let last = ids.last else { return ids.map(String.init).joined(separator: ", ") }
        return ids.prefix(5).map(String.init).joined(separator: ", ") + " … \(last)"
    }
}
