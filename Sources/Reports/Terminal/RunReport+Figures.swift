internal import DispatchStore
internal import Base
internal import Measures

extension RunReport {
    /// Records to the left, customers to the right.
    var counts: [String] {
        let all = summary.overall.counts
        let records: [(String, Int, Int)] = [
            ("dispatches", all.dispatches, 0), ("delivered", all.delivered, all.dispatches),
            ("failed", all.failed, all.dispatches), ("duplicates", all.duplicates, 0), ("refused", summary.refused, 0),
        ]
        let customers: [(String, Int, Int)] = [
            ("acknowledged", all.acknowledged, all.customerIncidents),
            ("unacknowledged", all.unacknowledged, all.customerIncidents),
            ("late", all.late, all.customerIncidents), ("declined", all.declined, all.customerIncidents),
            ("undeliverable", all.undeliverable, all.customerIncidents),
        ]
        var table = TextTable()
        for (record, customer) in zip(records, customers) {
            table.rows.append([
                TextTable.Cell(record.0), TextTable.Cell(Units.count(record.1)),
                TextTable.Cell(record.2 > 0 ? Units.share(record.1, of: record.2) : "", .dim),
                TextTable.Cell("  " + customer.0.padded(to: 14)), TextTable.Cell(Units.count(customer.1)),
                TextTable.Cell(Units.share(customer.1, of: customer.2), .dim),
            ])
        }
        let remark =
            "\(Units.plural(all.dispatches, "dispatch record")) · \(Units.plural(all.customers, "customer"))"
            + (all.noun == "customer" ? "" : ", \(Units.plural(all.customerIncidents, all.noun))")
        return [headline("Counts", remark)] + table.lines(style, least: 14)
    }

    /// A column for each kind of latency that has samples.
    var latencies: [String] {
        let kinds = [
            ("delivery", summary.overall.delivery),
            (isNarrow ? "answer" : "acknowledgement", summary.overall.acknowledgement),
            (isNarrow ? "confirm" : "confirmation", summary.overall.confirmation),
            (isNarrow ? "lag" : "dispatch lag", summary.dispatchLag),
        ]
        let shown = kinds.filter { $0.1.count > 0 }
        let missing = kinds.filter { $0.1.count == 0 }.map(\.0)
        guard !shown.isEmpty else { return [headline("Latencies", "no samples")] }

        var table = TextTable(gap: isNarrow ? 2 : 3)
        table.rows.append([TextTable.Cell("")] + shown.map { TextTable.Cell($0.0, .dim) })
        table.rows.append([TextTable.Cell("count")] + shown.map { TextTable.Cell(Units.count($0.1.count)) })
        if shown.contains(where: { $0.1.never > 0 }) {
            table.rows.append([TextTable.Cell("never")] + shown.map { TextTable.Cell(Units.count($0.1.never)) })
        }
        for statistic in Statistic.allCases {
            table.rows.append([TextTable.Cell(statistic.rawValue)] + shown.map { cell($0.1[statistic]) })
        }
        return [headline("Latencies")] + table.lines(style, least: 14) + footnotes(shown.map(\.1), missing: missing)
    }

    func cell(_ value: Population.Value) -> TextTable.Cell { style.cell(value) }

    private func footnotes(_ latencies: [LatencySummary], missing: [String]) -> [String] {
        var notes: [String] = []
        let values = latencies.flatMap { latency in Statistic.allCases.map { ($0, latency[$0]) } }
        let withheld: [String] = Statistic.allCases.compactMap { statistic in
            for case (statistic, .withheld(let needed)) in values {
                return "\(statistic.rawValue) needs \(Units.count(needed))"
            }
            return nil
        }
        if !withheld.isEmpty {
            notes.append("\(style.dash) withheld: too few samples, \(withheld.joined(separator: ", "))")
        }
        if values.contains(where: { $0.1 == .never }) {
            notes.append(
                "never: falls among those that had not happened when the run ended; they count as later than any value"
            )
        }
        if !missing.isEmpty { notes.append("no samples: \(missing.joined(separator: ", "))") }
        notes += summary.header.latencyNotes
        return notes.flatMap { wrapped($0, indent: 2) }.map { style.paint($0, .dim) }
    }
}

extension RunReport {
    private static let mostRows = 8

    /// There is no room for the long names of things, nor for two statistics of each.
    private var isNarrow: Bool { style.width < 72 }

    /// Rows for the values of a label, where there is more than one.
    func breakdown(_ title: String, _ groups: [LabelledSummary]) -> [String] {
        guard groups.count > 1 else { return [] }
        let statistics: [Statistic] = isNarrow ? [.p50] : [.p50, .p95]
        var table = TextTable(indent: 0)
        table.rows = [
            [TextTable.Cell(title, .bold), TextTable.Cell(""), TextTable.Cell("")]
                + ["delivery", "answer"].map { TextTable.Cell($0, .dim, span: statistics.count) },
            (["", "records", "answered"] + (statistics + statistics).map(\.rawValue)).map { TextTable.Cell($0, .dim) },
        ]
        for row in groups.prefix(Self.mostRows) {
            let group = row.group
            let counts = [
                Units.count(group.counts.dispatches),
                Units.share(group.counts.acknowledged, of: group.counts.customerIncidents),
            ]
            table.rows.append(
                (["  " + row.name.printable()] + counts).map { TextTable.Cell($0) }
                    + statistics.map { cell(group.delivery[$0]) } + statistics.map { cell(group.acknowledgement[$0]) }
            )
        }
        var lines = table.lines(style, least: 16)
        let hidden = groups.count - Self.mostRows
        if hidden > 0 {
            lines.append(
                style.paint(line("\(style.ellipsis) and \(Units.count(hidden)) more, in summary.json", indent: 2), .dim)
            )
        }
        return lines
    }
}

extension TerminalStyle {
    func cell(_ value: Population.Value) -> TextTable.Cell {
        switch value {
        case .span(let span): TextTable.Cell(Units.text(span))
        case .never: TextTable.Cell("never", .yellow)
        case .withheld: TextTable.Cell(dash, .dim)
        case .empty: TextTable.Cell("")
        }
    }
}
