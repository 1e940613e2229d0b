internal import Analysis
internal import Base
internal import DispatchStore
internal import Measures

/// `summary.md` of a suite, in the Markdown that CI servers show on a job's page (GitHub Flavored Markdown).
public struct MarkdownDocument: Sendable {
    private static let mostFindings = 20
    private let summary: SuiteSummary

    public init(_ summary: SuiteSummary) {
        self.summary = summary
    }

    public var text: String {
        guard !summary.entries.isEmpty else { return "## GridDrill\n\nNo scenario matched.\n" }
        let sections =
            [heading, table] + summary.entries.filter { $0.status != .allHeld }.map(details) + known + [proves]
        return sections.joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let passed = summary.entries.count { $0.status == .allHeld }
        let others = summary.entries.count - passed
        let runs = summary.runs
        let dispatches = runs.reduce(0) { $0 + $1.overall.counts.dispatches }
        let grid = runs.reduce(Span.zero) { $0 + $1.simulated }
        var words = ["**\(Units.plural(summary.entries.count, "scenario")): \(Units.count(passed)) passed"]
        if others > 0 { words[0] += ", \(Units.count(others)) did not" }
        words[0] += "**"
        words += [Units.plural(dispatches, "dispatch record"), "\(Units.text(grid)) of grid"]
        return "## \(Self.mark(summary.status)) GridDrill\n\n\(words.joined(separator: " · "))"
    }

    private var table: String {
        let lines = [
            "| | scenario | verdict | records | answered | delivery p95 | answer p50 | answer p95 | took |",
            "|---|---|---|--:|--:|--:|--:|--:|--:|",
        ]
        return (lines + summary.entries.map(Self.row)).joined(separator: "\n")
    }

    private static func row(_ entry: SuiteSummary.Entry) -> String {
        var cells = [mark(entry.status), escaped(entry.name)]
        switch entry {
        case .broken(let run):
            cells += [run.status == .invalidScenario ? "INVALID" : "BROKEN OFF"] + Array(repeating: "", count: 6)
        case .run(let run):
            let all = run.overall
            cells += [
                run.verdict, Units.count(all.counts.dispatches),
                Units.share(all.counts.acknowledged, of: all.counts.customerIncidents),
                all.delivery[.p95].text, all.acknowledgement[.p50].text, all.acknowledgement[.p95].text,
                run.header.wallDuration.map(Units.text) ?? "",
            ]
        }
        return "| \(cells.joined(separator: " | ")) |"
    }

    private func details(_ entry: SuiteSummary.Entry) -> String {
        let title = "### \(Self.mark(entry.status)) \(Self.escaped(entry.name))"
        switch entry {
        case .broken(let run): return title + "\n\n" + Self.block(run.message)
        case .run(let run):
            let findings = Self.findings(run)
            var lines = findings.prefix(Self.mostFindings).map { "- \($0)" }
            let hidden = findings.count - lines.count
            if hidden > 0 { lines.append("- … and \(Units.count(hidden)) more, in report.html") }
            lines += Self.decisions(run)
            return title + "\n\n" + lines.joined(separator: "\n") + "\n\n" + Self.block(run.header.repeatCommand)
        }
    }

    private static func findings(_ run: RunSummary) -> [String] {
        let fallen = run.expectations.failures.map { line($0, run) }
        let broken = run.checks.filter { $0.violationCount > 0 }.map { check in
            let first = check.violations.first.map { "; first: \(escaped($0.text(from: run.header.startsAt)))" } ?? ""
            return "invariant \(escaped(check.label)): \(check.outcome)\(first)"
        }
        return fallen + broken + run.statuses.filter { $0 == .internalError }.map(\.name)
    }

    private static func line(_ finding: ExpectationFinding, _ run: RunSummary) -> String {
        let reasons = finding.failure(in: run.header.file).map { "\($0.label) \(escaped($0.text))" }
        return "\(code(finding.text)): \(reasons.joined(separator: "; "))"
    }

    /// What is known to fall short, of all scenarios: those that passed have no section of their own.
    private var known: [String] {
        let lines = summary.runs.flatMap { run in
            run.expectations.known.map { "- \(Self.escaped(run.header.name)): \(Self.line($0, run))" }
        }
        guard !lines.isEmpty else { return [] }
        let hidden = lines.count - Self.mostFindings
        let more = hidden > 0 ? ["- … and \(Units.count(hidden)) more"] : []
        return ["### Known to fall short\n\n" + (lines.prefix(Self.mostFindings) + more).joined(separator: "\n")]
    }

    /// How they differ from the approved ones.
    private static func decisions(_ run: RunSummary) -> [String] {
        guard let review = run.decisions, review.differs else { return [] }
        var lines = ["- decisions: \(escaped(review.words))"]
        switch review.outcome {
        case .different(let differences):
            lines += differences.prefix(mostFindings).map { "  - \(escaped($0.text))" }
            lines += review.hiddenLine(after: mostFindings).map { "  - \($0)" }
        case .unreadable(let error): lines.append("  - \(escaped(error.description))")
        case .unapproved, .missing, .approvedNow, .same, .notCompared: break
        }
        return lines
    }

    private var proves: String {
        let worlds = [RunHeader.World.virtual, .live].filter { world in
            summary.runs.contains { $0.header.world == world }
        }
        return (worlds.map(\.proves) + summary.latencyNotes).map { "_\($0)_" }.joined(separator: "\n\n")
    }

    private static func mark(_ status: RunStatus) -> String { status == .allHeld ? "✅" : "❌" }
}

extension MarkdownDocument {
    /// Text as itself: nothing in it is taken for markup (CommonMark 0.31 §2.4).
    static func escaped(_ text: String) -> String {
        text.printable().escaped { "\\`*_{}[]<>()#+!|~&".unicodeScalars.contains($0) ? "\\\($0)" : nil }
    }

    /// Between more backticks than it holds in a row (§6.1); a bar would end a table's cell.
    private static func code(_ text: String) -> String {
        let text = text.printable()
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return fence + pad + text + pad + fence
    }

    private static func block(_ text: String) -> String {
        let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
        return "\(fence)text\n\(text.printable(keepingLines: true))\n\(fence)"
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var (longest, run) = (0, 0)
        for other in text {
            run = other == character ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
