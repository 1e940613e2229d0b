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
        guard !summary.entries.isEmpty else { return ending }
        return lines(summary.entries).joined(separator: "\n") + "\n\n" + ending
    }

    /// What stands below what was told of the runs one by one: the files of those that did not pass once more, since a suite's failures
    /// are far apart, and the totals.
    public var closing: String {
        let fallen = summary.entries.filter { $0.status != .allHeld }.map { entry in
            // Paths are to be copied: they are never shortened.
            "\(style.mark(false)) \(entry.path.printable())  \(style.paint(entry.verdict, .boldRed))"
        }
        return (fallen.isEmpty ? "" : fallen.joined(separator: "\n") + "\n\n") + ending
    }

    private var ending: String {
        guard !summary.entries.isEmpty else { return style.paint("No scenario matched.", .yellow) + "\n" }
        return (broken + [totals]).joined(separator: "\n") + "\n"
    }

    private func lines(_ entries: [SuiteSummary.Entry]) -> [String] {
        entries.map { SuiteLine($0, style: style).text }
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
