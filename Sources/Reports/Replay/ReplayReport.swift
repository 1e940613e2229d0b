internal import Base
internal import DispatchStore
internal import Journal

/// A replay for a terminal: whether the decisions are the same, and if not where they part first, why, and how often.
public struct ReplayReport: Sendable {
    let summary: ReplaySummary
    let style: TerminalStyle

    public init(_ summary: ReplaySummary, style: TerminalStyle) {
        self.summary = summary
        self.style = style
    }

    private var finding: ReplayFinding { summary.finding }

    /// The whole report, ending in a line feed; no line is wider than the style says, but for paths.
    public var text: String {
        [heading, verdicts, first, inputs, counts, groups, closing]
            .filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    // MARK: Top and bottom

    private var heading: [String] {
        let verdict = finding.isEqual ? "EQUAL" : "DIFFERS"
        let name = "Replay of \(summary.header?.name ?? "a server's journal")".printable()
            .shortened(to: style.width - verdict.columns - 2, style.ellipsis)
        let gap = String(repeating: " ", count: style.width - name.columns - verdict.columns)
        var facts = [finding.mode.rawValue]
        if finding.mode != .resimulation {
            facts.append("\(Units.plural(finding.inputs, "input")), \(Units.plural(finding.effects, "effect"))")
        }
        let formats = finding.formats
        facts.append(
            formats.count == 1
                ? "format \(formats.lowerBound)" : "formats \(formats.lowerBound) to \(formats.upperBound)"
        )
        if let version = summary.header?.version {
            facts.append(version == summary.version ? "version \(version)" : "version \(version) by \(summary.version)")
        }
        facts.append(Units.text(summary.duration))
        return [style.paint(name, .bold) + gap + style.paint(verdict, finding.isEqual ? .boldGreen : .boldRed)]
            + style.plain(facts.joined(separator: " · ").printable()).wrapped(to: style.width, style.ellipsis)
            .map { style.paint($0, .dim) }
    }

    private var verdicts: [String] {
        guard let verdicts = finding.verdicts else { return [] }
        let before = verdicts.recorded?.rawValue ?? "broken off"
        let after = verdicts.replayed?.rawValue ?? "broken off"
        return [
            headline(
                "Verdict",
                before == after ? "\(after), as recorded" : "\(after); recorded: \(before)",
                before == after ? .green : .boldRed
            )
        ]
    }

    private var closing: [String] {
        guard !finding.isEqual else { return [] }
        return ["Record  \(summary.path.printable())"]
    }

    // MARK: The first difference

    private var first: [String] {
        guard let first = finding.first else { return [] }
        let difference = first.difference
        let row = difference.row
        var lines = [headline("First", "\(row.words()) \(difference.verb)", .boldRed)]
        lines += entry("when", "\(difference.at.iso8601), \(summary.time(difference.at)), row \(difference.sequence)")
        if let customer = row.customer { lines += entry("whom", summary.name(customer: customer)) }
        if let incident = row.incident { lines += entry("what", summary.name(incident: incident)) }
        if difference.kind == .moved, let recorded = difference.recorded, let replayed = difference.replayed {
            lines += sides("time", recorded.at.iso8601, replayed.at.iso8601)
        }
        for field in difference.fields {
            lines += sides(field.name.rawValue, text(field.name, field.recorded), text(field.name, field.replayed))
        }
        if difference.kind == .reordered, let replayed = difference.replayed {
            lines += sides("order", row.words(), replayed.words())
        }
        return lines
    }

    /// A message's digest stands for its words; behind an answer's line feed stands what time its client stated.
    private func text(_ name: JournalRow.Field.Name, _ value: String?) -> String? {
        guard let value else { return nil }
        if name == .answer { return value.replacing("\n", with: ", which says ") }
        guard name == .message else { return value }
        return Int64(value).flatMap { finding.first?.messages[$0] }
            ?? "words that are no longer known (digest \(value))"
    }

    private func entry(_ label: String, _ text: String) -> [String] {
        lines(text, after: "  " + label.padded(to: 14))
    }

    private func sides(_ name: String, _ recorded: String?, _ replayed: String?) -> [String] {
        lines(recorded ?? style.dash, after: "  " + name.padded(to: 14) + "recorded    ")
            + lines(replayed ?? style.dash, after: "  " + String(repeating: " ", count: 14) + "this build  ")
    }

    private func lines(_ text: String, after label: String) -> [String] {
        let parts = style.plain(text.printable()).wrapped(to: style.width - label.columns, style.ellipsis)
        return (parts.isEmpty ? [""] : parts).enumerated().map { index, part in
            index == 0
                ? style.paint(label, .dim) + part : String(repeating: " ", count: label.columns) + part
        }
    }

    private var inputs: [String] {
        guard let inputs = finding.first?.inputs, !inputs.isEmpty else { return [] }
        let times = inputs.map { style.plain(summary.time($0.at)) }
        let numbers = inputs.map { "#\($0.sequence)" }
        let timeWidth = times.map(\.columns).max() ?? 0
        let numberWidth = numbers.map(\.columns).max() ?? 0
        return [headline("What led there")]
            + inputs.indices.flatMap { index in
                lines(
                    inputs[index].input.words(about: finding.first?.difference.row.customer),
                    after: "  \(numbers[index].aligned(right: numberWidth))  \(times[index].padded(to: timeWidth))  "
                )
            }
    }

    // MARK: All of them

    private var counts: [String] {
        guard !finding.counts.isEmpty else { return [] }
        let own = finding.counts.values.reduce(0) { $0 + $1.own }
        let consequences = finding.counts.values.reduce(0) { $0 + $1.consequences }
        let verb = consequences == 1 ? "follows" : "follow"
        let remark = consequences == 0 ? "" : ", \(Units.count(consequences)) more \(verb)"
        var table = TextTable()
        table.rows = [[.init(""), .init("own", .dim), .init("consequences", .dim)]]
        for kind in ReplayDifference.Kind.allCases {
            guard let count = finding.counts[kind] else { continue }
            table.rows.append([
                .init(kind.label), .init(Units.count(count.own)), .init(Units.count(count.consequences)),
            ])
        }
        return [headline("Differences", Units.plural(own, "decision") + remark)] + table.lines(style, least: 14)
    }

    /// How many groups are shown.
    private static let mostGroups = 12

    private var groups: [String] {
        let groups = finding.groups
        var lines = groups.prefix(Self.mostGroups).flatMap(describe)
        if groups.count > Self.mostGroups {
            lines.append(
                line("\(style.ellipsis) and \(groups.count - Self.mostGroups) more kinds: see --json", indent: 2)
            )
        }
        return lines
    }

    private func describe(_ group: DifferenceGroup) -> [String] {
        var title = "\(group.first.row.words(methods: group.methods)) \(group.first.verb)"
        let fields = group.first.fields.map(\.name.rawValue)
        if group.first.kind == .changed { title += ": \(fields.joined(separator: ", "))" }
        let mark = "  \(style.mark(false)) "
        let parts = style.plain(title.printable()).wrapped(
            to: style.width - mark.count - style.markWidth,
            style.ellipsis
        )
        let indent = 3 + style.markWidth
        return parts.enumerated().map { index, part in
            (index == 0 ? mark : String(repeating: " ", count: indent)) + style.paint(part, .bold)
        }
            + summary.scope(of: group).wrapped(to: style.width - indent - 2, style.ellipsis).map {
                String(repeating: " ", count: indent + 2) + style.plain($0)
            }
    }

    private func line(_ text: String, indent: Int = 0) -> String {
        String(repeating: " ", count: indent)
            + style.plain(text.printable()).shortened(to: style.width - indent, style.ellipsis)
    }

    private func headline(_ title: String, _ remark: String = "", _ colour: Colour? = nil) -> String {
        guard !remark.isEmpty else { return style.paint(title, .bold) }
        let room = style.width - 16
        return style.paint(title.padded(to: 14), .bold) + "  "
            + style.paint(style.plain(remark.printable()).shortened(to: room, style.ellipsis), colour)
    }
}

extension ReplaySummary {
    /// Whom and what a group is about: by name where there are few.
    func scope(of group: DifferenceGroup) -> String {
        var parts: [String] = []
        if group.customerCount > 0 {
            let named = group.customers.prefix(3).map { name(customer: $0) }
            let rest = group.customerCount - named.count
            parts.append(
                (named + (rest > 0 ? ["\(Units.count(rest)) more"] : [])).joined(separator: ", ").printable()
            )
        }
        if group.incidents.count == 1 {
            parts.append(name(incident: group.incidents[0]).printable())
        } else if !group.incidents.isEmpty {
            parts.append(Units.plural(group.incidents.count, "incident"))
        }
        if group.count > 1 { parts.append("\(Units.count(group.count)) times") }
        parts.append("first \(time(group.first.at))")
        return parts.joined(separator: "; ")
    }
}
