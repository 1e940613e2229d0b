internal import Base
internal import DispatchStore

/// The report of one run for a terminal: what was expected first, then invariants, counts and latencies, and at the end what
/// such a run proves, where its record is and how to repeat it.
public struct RunReport: Sendable {
    let summary: RunSummary
    let style: TerminalStyle

    public init(_ summary: RunSummary, style: TerminalStyle) {
        self.summary = summary
        self.style = style
    }

    /// The whole report, ending in a line feed. No line is wider than the style says, but for paths and commands:
    /// those are to be copied.
    public var text: String {
        let sections = [
            heading, expectations, invariants, decisions, counts, latencies,
            breakdown("By program", summary.programs),
            breakdown("By group", summary.groups),
            breakdown("By channel", summary.channels),
            breakdown("By incident", summary.incidents),
            closing,
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// Only what fell short, for suites that are run quietly; empty when all held.
    public var failures: String {
        let sections = [
            expectations(summary.expectations.failures),
            summary.checks.contains { $0.violationCount > 0 } ? invariants : [],
            summary.decisions?.differs == true ? decisions : [],
        ]
        let text = sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
        guard !text.isEmpty else { return "" }
        return ([title] + text).joined(separator: "\n") + "\n"
    }

    // MARK: Top and bottom

    private var title: String {
        let verdict = summary.verdict
        let name = summary.header.name.printable().shortened(to: style.width - verdict.columns - 2, style.ellipsis)
        let gap = String(repeating: " ", count: style.width - name.columns - verdict.columns)
        let colour: Colour = summary.status == .allHeld ? .boldGreen : .boldRed
        return style.paint(name, .bold) + gap + style.paint(verdict, colour)
    }

    private var heading: [String] {
        let header = summary.header
        var facts = ["\(header.world.rawValue) run", "seed \(header.seed)"]
        if header.world == .live, header.speed != 1 { facts.append("speed \(Units.factor(header.speed))") }
        facts.append("\(Units.text(summary.simulated)) of grid")
        if let wall = header.wallDuration { facts[facts.count - 1] += " in \(Units.text(wall))" }
        if let rate = summary.dispatchesPerSecond { facts.append(Units.rate(rate, of: "dispatches")) }
        var lines = [title] + wrapped(facts.joined(separator: " · "), indent: 0).map { style.paint($0, .dim) }
        if !header.description.isEmpty { lines += wrapped(header.description, indent: 0) }
        return lines
    }

    private var closing: [String] {
        let proves = wrapped(summary.header.world.proves, indent: 0).enumerated().map { index, line in
            index == 0 ? line.prefix(1).uppercased() + line.dropFirst() : line
        }
        // Paths and commands are to be copied: they are never shortened.
        return proves.map { style.paint($0, .dim) } + [
            "Record  \(summary.recordPath.printable())", "Repeat  \(summary.header.repeatCommand.printable())",
        ]
    }

    // MARK: Shared

    /// A line's text, cut to the width.
    func line(_ text: String, indent: Int = 0) -> String {
        String(repeating: " ", count: indent)
            + style.plain(text.printable()).shortened(to: style.width - indent, style.ellipsis)
    }

    func wrapped(_ text: String, indent: Int) -> [String] {
        style.plain(text.printable(keepingLines: true)).wrapped(to: style.width - indent, style.ellipsis).map {
            String(repeating: " ", count: indent) + $0
        }
    }

    func headline(_ title: String, _ remark: String = "", _ colour: Colour? = nil) -> String {
        guard !remark.isEmpty else { return style.paint(title, .bold) }
        let room = style.width - 16
        return style.paint(title.padded(to: 14), .bold) + "  "
            + style.paint(style.plain(remark).shortened(to: room, style.ellipsis), colour)
    }
}
