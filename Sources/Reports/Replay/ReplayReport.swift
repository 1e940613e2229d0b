internal import Analysis
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
        [heading, verdicts, first, inputs, differences, closing]
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
        var lines = [headline("First", "\(row.words) \(difference.verb)", .boldRed)]
        lines += entry("when", "\(row.at.iso8601), \(summary.time(row.at)), row \(difference.sequence)")
        if let customer = row.customer { lines += entry("whom", summary.name(customer: customer)) }
        if let incident = row.incident { lines += entry("what", summary.name(incident: incident)) }
        for field in difference.fields {
            lines += sides(field.name.rawValue, text(field.name, field.recorded), text(field.name, field.replayed))
        }
        if difference.kind == .reordered, let replayed = difference.replayed {
            lines += sides("order", row.words, replayed.words)
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

    /// How many are told one by one.
    private static let mostTold = 12

    private var differences: [String] {
        guard !finding.isEqual else { return [] }
        let inputs = "\(Units.plural(finding.differingInputs, "input has", "inputs have")) other effects"
        let told = finding.differences
        var lines = [
            headline("Differences", finding.mode == .resimulation ? Units.plural(told.count, "difference") : inputs)
        ]
        if told.isEmpty, finding.mode != .resimulation {
            lines.append("    what it comes to for customers is the same")
        }
        for difference in told.prefix(Self.mostTold) {
            let mark = "  \(style.mark(false)) "
            let indent = 3 + style.markWidth
            let parts = style.plain(difference.text.printable()).wrapped(to: style.width - indent, style.ellipsis)
            lines += parts.enumerated().map {
                ($0.offset == 0 ? mark : String(repeating: " ", count: indent)) + $0.element
            }
        }
        if told.count > Self.mostTold {
            lines.append("  \(style.ellipsis) and \(Units.count(told.count - Self.mostTold)) more: see --json")
        }
        return lines
    }

    private func headline(_ title: String, _ remark: String = "", _ colour: Colour? = nil) -> String {
        guard !remark.isEmpty else { return style.paint(title, .bold) }
        let room = style.width - 16
        return style.paint(title.padded(to: 14), .bold) + "  "
            + style.paint(style.plain(remark.printable()).shortened(to: room, style.ellipsis), colour)
    }
}
