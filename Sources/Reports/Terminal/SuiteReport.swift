internal import Base
internal import DispatchStore

/// What several runs came to, for a terminal: a line for each, then the totals.
public struct SuiteReport: Sendable {
    private let summary: SuiteSummary
    private let style: TerminalStyle

    public init(_ summary: SuiteSummary, style: TerminalStyle) {
        self.summary = summary
        self.style = style
    }

    /// The whole report, ending in a line feed.
    public var text: String {
        guard !summary.entries.isEmpty else { return style.paint("No scenario matched.", .yellow) + "\n" }
        return (table + [""] + broken + [totals]).joined(separator: "\n") + "\n"
    }

    private var table: [String] {
        var table = TextTable(gap: 2, indent: 0)
        table.rows.append(
            ["Scenario", "verdict", "dispatches", "grid", "wall", "rate"].map { TextTable.Cell($0, .dim) }
        )
        for entry in summary.entries { table.rows.append(row(entry)) }
        let indent = style.markWidth + 1
        let room = TerminalStyle(hasColour: style.hasColour, hasUnicode: style.hasUnicode, width: style.width - indent)
        return zip(table.lines(room, least: 20), [nil] + summary.entries.map(Optional.some)).map { line, entry in
            guard let entry else { return String(repeating: " ", count: indent) + line }
            return style.mark(entry.status == .allHeld) + " " + line
        }
    }

    private func row(_ entry: SuiteSummary.Entry) -> [TextTable.Cell] {
        let name = TextTable.Cell(entry.name.printable())
        let colour: Colour = entry.status == .allHeld ? .green : .boldRed
        switch entry {
        case .broken(let run):
            return [name, TextTable.Cell(run.status == .invalidScenario ? "INVALID" : "BROKEN OFF", colour)]
        case .run(let run):
            return [
                name, TextTable.Cell(run.verdict, colour), TextTable.Cell(Units.count(run.overall.counts.dispatches)),
                TextTable.Cell(Units.text(run.simulated)),
                TextTable.Cell(run.header.wallDuration.map(Units.text) ?? ""),
                TextTable.Cell(run.dispatchesPerSecond.map { Units.rate($0) } ?? ""),
            ]
        }
    }

    /// Of those that have no record of their own: what was said of them at length when they were met, by its first line.
    private var broken: [String] {
        let lines = summary.entries.compactMap { entry -> String? in
            guard case .broken(let run) = entry else { return nil }
            // Diagnostics begin with their place, to be copied: they are never shortened.
            let first = String(run.message.prefix { $0 != "\n" }).printable()
            return first.hasPrefix(run.path) ? first : "\(run.path.printable()): \(first)"
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    private var totals: String {
        let runs = summary.runs
        let statuses = summary.entries.map(\.status)
        let passed = statuses.count { $0 == .allHeld }
        let invalid = statuses.count { $0 == .invalidScenario }
        let failed = statuses.count - passed - invalid
        var words = ["\(Units.count(passed)) passed"]
        if failed > 0 { words.append("\(Units.count(failed)) failed") }
        if invalid > 0 { words.append("\(Units.count(invalid)) invalid") }

        let dispatches = runs.reduce(0) { $0 + $1.overall.counts.dispatches }
        let grid = runs.reduce(Span.zero) { $0 + $1.simulated }
        let wall = summary.wallDuration ?? runs.reduce(Span.zero) { $0 + ($1.header.wallDuration ?? .zero) }
        var facts = ["\(Units.plural(statuses.count, "scenario")): \(words.joined(separator: ", "))"]
        let known = runs.reduce(0) { $0 + $1.expectations.known.count }
        if known > 0 { facts.append("\(Units.plural(known, "expectation")) known to fall short") }
        facts.append(Units.plural(dispatches, "dispatch", "dispatches"))
        facts.append("\(Units.text(grid)) of grid in \(Units.text(wall))")
        let colour: Colour = summary.status == .allHeld ? .boldGreen : .boldRed
        return lines(of: facts).map { style.paint($0, colour) }.joined(separator: "\n")
    }

    /// As many facts on a line as it has room for.
    private func lines(of facts: [String]) -> [String] {
        facts.reduce(into: [String]()) { lines, fact in
            let longer = (lines.last.map { $0 + style.separator } ?? "") + style.plain(fact)
            if !lines.isEmpty, longer.columns <= style.width {
                lines[lines.count - 1] = longer
            } else {
                lines.append(style.plain(fact).shortened(to: style.width, style.ellipsis))
            }
        }
    }
}
