internal import DispatchStore
internal import Base
internal import Measures

extension RunReport {
    var counts: [String] {
        let all = summary.overall.counts
        let remark =
            "\(Units.plural(all.dispatches, "dispatch record")) · \(Units.plural(all.customers, "customer"))"
            + (all.customers == all.customerIncidents ? "" : ", \(Units.plural(all.customerIncidents, all.noun))")
        return [headline("Counts", remark)] + TextTable(all, refused: summary.refused, style).lines(style, least: 14)
    }

    /// A column for each kind of latency that has samples.
    var latencies: [String] {
        let kinds = [
            ("delivery", summary.overall.delivery),
            (style.isNarrow ? "answer" : "acknowledgement", summary.overall.acknowledgement),
            (style.isNarrow ? "confirm" : "confirmation", summary.overall.confirmation),
            (style.isNarrow ? "lag" : "dispatch lag", summary.dispatchLag),
        ]
        let shown = kinds.filter { $0.1.count > 0 }
        let missing = kinds.filter { $0.1.count == 0 }.map(\.0)
        guard !shown.isEmpty else { return [headline("Latencies", "no samples")] }

        let table = TextTable(shown, style)
        return [headline("Latencies")] + table.lines(style, least: 14) + footnotes(shown.map(\.1), missing: missing)
    }

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

    /// Rows for the values of a label, where there is more than one.
    func breakdown(_ title: String, _ groups: [LabelledSummary]) -> [String] {
        guard groups.count > 1 else { return [] }
        let statistics: [Statistic] = style.isNarrow ? [.p50] : [.p50, .p95]
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
                    + statistics.map { style.cell(group.delivery[$0]) }
                    + statistics.map { style.cell(group.acknowledgement[$0]) }
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

extension TextTable {
    /// Counts of records to the left, of customer-incidents to the right, or below each other where there is no room.
    /// - Parameter refused: how many requests and acknowledgements; `nil` for a part of a run, since they belong to none.
    init(_ counts: Counts, refused: Int? = nil, _ style: TerminalStyle) {
        self.init()
        let (records, customers) = (counts.dispatches, counts.customerIncidents)
        var left: [(String, Int, of: Int)] = [
            ("dispatches", records, of: 0), ("delivered", counts.delivered, of: records),
            ("failed", counts.failed, of: records), ("duplicates", counts.duplicates, of: 0),
            refused.map { ("refused", $0, of: 0) } ?? ("customers", counts.customers, of: 0),
        ]
        var right: [(String, Int, of: Int)] = [
            ("acknowledged", counts.acknowledged, of: customers),
            ("unacknowledged", counts.unacknowledged, of: customers),
            ("late", counts.late, of: customers), ("declined", counts.declined, of: customers),
            ("undeliverable", counts.undeliverable, of: customers),
        ]
        if counts.withdrawn > 0 {
            left.append(("", 0, of: 0))
            right.insert(("withdrawn", counts.withdrawn, of: customers), at: right.count - 1)
        }
        func cells(_ figure: (String, Int, of: Int)) -> [Cell] {
            [
                Cell(figure.0), Cell(figure.0.isEmpty ? "" : Units.count(figure.1)),
                Cell(Units.share(figure.1, of: figure.of), .dim),
            ]
        }
        if style.isNarrow {
            rows = (left + right).filter { !$0.0.isEmpty }.map(cells)
        } else {
            rows = zip(left, right).map { record, customer in
                cells(record) + cells(("  " + customer.0.padded(to: 14), customer.1, of: customer.of))
            }
        }
    }

    /// A column for each kind of latency, a row for each statistic.
    init(_ kinds: [(String, LatencySummary)], _ style: TerminalStyle) {
        self.init(gap: style.isNarrow ? 2 : 3)
        rows.append([Cell("")] + kinds.map { Cell($0.0, .dim) })
        rows.append([Cell("count")] + kinds.map { Cell(Units.count($0.1.count)) })
        if kinds.contains(where: { $0.1.never > 0 }) {
            rows.append([Cell("never")] + kinds.map { Cell(Units.count($0.1.never)) })
        }
        for statistic in Statistic.allCases {
            rows.append([Cell(statistic.rawValue)] + kinds.map { style.cell($0.1[statistic]) })
        }
    }
}
