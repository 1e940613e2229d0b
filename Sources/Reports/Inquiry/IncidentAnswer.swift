internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

/// What became of one incident: its counts and latencies, and the customers worth a look of their own.
struct IncidentAnswer {
    private static let most = 5

    private let incident: Incident
    private let record: InquiredRecord
    private let group: GroupSummary
    private let outliers: Outliers
    private let names: [Customer.ID: String]

    init(_ name: String, _ record: InquiredRecord, _ database: RunRecord) throws {
        guard let incident = record.incidents.first(where: { record.name(of: $0.number) == name || "\($0.id)" == name })
        else {
            let known = record.incidents.map { record.name(of: $0.number) }
            throw InquiryError(
                "there is no incident '\(name.printable())' in this record; "
                    + (known.isEmpty ? "it has none" : "its incidents are \(known.joined(separator: ", "))")
            )
        }
        self.incident = incident
        self.record = record
        let history = record.history.keeping { $0 == incident.number }
        group = GroupSummary(Breakdown(history).overall)
        outliers = Outliers(history)
        names = try database.readCustomerNames()
    }

    func lines(_ style: TerminalStyle) -> [String] {
        let clock = record.clock(of: incident.program)
        let name = record.program(incident.program)?.name ?? "unknown"
        let heading = style.heading(
            "Incident \(record.name(of: incident.number))\(style.separator)program \(incident.program), \(name)",
            record.words(of: incident, clock) + " · times of \(clock.zoneName)"
        )
        return heading + [""] + script(clock, style) + counts(style) + latencies(style) + customers(style)
    }

    private func script(_ clock: ReportClock, _ style: TerminalStyle) -> [String] {
        let steps = record.history.script.filter { $0.name == record.name(of: incident.number) }
        guard !steps.isEmpty else { return [] }
        let lines = steps.flatMap { step -> [String] in
            let first = "  \(clock.text(step.committedAt ?? step.dueAt))  "
            let verb =
                switch step.kind {
                case .incident: "announced"
                case .modify: "modified"
                case .cancel: Closing.Kind.cancellation.done
                case .recall: Closing.Kind.recall.done
                }
            return style.hanging(
                step.refusal.map { "\(verb): refused, \($0)" } ?? verb,
                first: first,
                indent: first.columns,
                step.refusal == nil ? nil : .red
            )
        }
        return [style.paint("Script", .bold)] + lines + [""]
    }

    private func counts(_ style: TerminalStyle) -> [String] {
        [style.paint("Counts", .bold)] + TextTable(group.counts, style).lines(style, least: 14) + [""]
    }

    private func latencies(_ style: TerminalStyle) -> [String] {
        guard group.delivery.count > 0 else { return [] }
        let kinds = [("delivery", group.delivery), ("answer", group.acknowledgement)]
        return [style.paint("Latencies", .bold)] + TextTable(kinds, style).lines(style, least: 14) + [""]
    }

    private func customers(_ style: TerminalStyle) -> [String] {
        let slowest = outliers.slowest.prefix(Self.most).map { ($0.key, "answered after \(Units.text($0.latency))") }
        let silent = outliers.silent.prefix(Self.most).map { ($0.key, $0.standing.words) }
        let more = group.counts.unacknowledged - silent.count
        var lines: [String] = []
        for (title, rows) in [("Slowest", slowest), ("Without an answer", silent)] where !rows.isEmpty {
            lines.append(style.paint(title, .bold))
            for (key, words) in rows {
                let name = names[key.customer].map { ", \($0)" } ?? ""
                lines += style.hanging("customer \(key.customer)\(name): \(words)", first: "  ", indent: 4)
            }
        }
        if more > 0 { lines.append("  \(style.ellipsis) and \(Units.count(more)) more") }
        return lines
    }
}
