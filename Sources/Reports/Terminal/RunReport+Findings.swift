internal import Base
internal import DispatchStore

extension RunReport {
    var expectations: [String] { expectations(summary.expectations) }

    /// Each with its mark, its text and what was observed; one that did not simply hold with what was expected and where it stands.
    func expectations(_ findings: [ExpectationFinding]) -> [String] {
        guard !findings.isEmpty else {
            return summary.expectations.isEmpty
                ? [headline("Expectations", "none: this run checked invariants only")] : []
        }
        let all = summary.expectations
        let colour: Colour = all.failures.isEmpty ? (all.known.isEmpty ? .green : .yellow) : .boldRed
        return [headline("Expectations", all.remark, colour)]
            + findings.flatMap { $0.verdict == .held ? fulfilled($0) : explained($0) }
    }

    private var findingIndent: Int { 2 + style.markWidth + 1 }

    /// On one line where both fit, the observed value at the right edge.
    private func fulfilled(_ finding: ExpectationFinding) -> [String] {
        let text = style.plain(finding.text.printable())
        let observed = style.plain(finding.observed.printable())
        let room = style.width - findingIndent
        let mark = "  \(style.mark(true)) "
        if observed.isEmpty { return [mark + text.shortened(to: room, style.ellipsis)] }
        let gap = room - text.columns - observed.columns
        if gap >= 2 { return [mark + text + String(repeating: " ", count: gap) + style.paint(observed, .dim)] }
        let rest = observed.shortened(to: room - 2, style.ellipsis).aligned(right: room)
        return [
            mark + text.shortened(to: room, style.ellipsis),
            String(repeating: " ", count: findingIndent) + style.paint(rest, .dim),
        ]
    }

    /// With what was expected, what was observed and why that is so.
    private func explained(_ finding: ExpectationFinding) -> [String] {
        let mark = finding.verdict == .known ? style.knownMark : style.mark(false)
        let text = finding.text.printable().wrapped(to: style.width - findingIndent, style.ellipsis)
        let margin = String(repeating: " ", count: findingIndent)
        var lines = text.enumerated().map { index, part in
            index == 0 ? "  \(mark) " + style.paint(part, .bold) : margin + style.paint(part, .bold)
        }
        for (label, text) in finding.failure(in: summary.header.file) {
            let isPlace = label == "at"
            let parts = isPlace ? [text.printable()] : wrapped(text, narrower: findingIndent + 12)
            for (index, part) in parts.enumerated() {
                let title = style.paint((index == 0 ? label : "").padded(to: 8), .dim)
                lines.append(
                    "\(margin)  \(title)  " + style.paint(part, label == "observed" && !finding.passes ? .red : nil)
                )
            }
        }
        return lines
    }

    private func wrapped(_ text: String, narrower: Int) -> [String] {
        style.plain(text.printable(keepingLines: true)).wrapped(to: style.width - narrower, style.ellipsis)
    }
}

extension RunReport {
    /// How many violations of one invariant are shown.
    private static let mostViolations = 5

    /// One line when all hold; otherwise the violations of each that does not.
    var invariants: [String] {
        let checks = summary.checks
        guard !checks.isEmpty else { return [headline("Invariants", "not checked", .yellow)] }
        let broken = checks.filter { $0.violationCount > 0 }
        let idle = checks.filter { $0.examined == 0 && $0.violationCount == 0 }
        let facts = Units.plural(checks.reduce(0) { $0 + $1.examined }, "fact")
        var lines: [String]
        if broken.isEmpty {
            lines = [
                headline(
                    "Invariants",
                    "\(idle.isEmpty ? "all " : "")\(checks.count - idle.count) held, \(facts) examined",
                    .green
                )
            ]
        } else {
            lines = [headline("Invariants", "\(broken.count) of \(checks.count) broken, \(facts) examined", .boldRed)]
        }
        for check in broken { lines += violations(of: check) }
        if !idle.isEmpty {
            let names = idle.map(\.label).joined(separator: ", ")
            lines += wrapped("nothing to examine for \(names)", indent: 16)
        }
        return lines
    }

    private func violations(of check: CheckFinding) -> [String] {
        let margin = String(repeating: " ", count: findingIndent + 2)
        let title = "\(check.label): \(check.outcome)".printable()
            .shortened(to: style.width - findingIndent, style.ellipsis)
        var lines = ["  \(style.mark(false)) " + style.paint(title, .bold)]
        for violation in check.violations.prefix(Self.mostViolations) {
            let time = violation.at.map { style.plain("+\(Units.text($0 - summary.header.startsAt))") + "  " } ?? ""
            let parts = wrapped(violation.message, narrower: margin.count + time.columns)
            for (index, part) in parts.enumerated() {
                lines.append(margin + style.paint((index == 0 ? time : "").padded(to: time.columns), .dim) + part)
            }
        }
        let hidden = check.violationCount - min(check.violations.count, Self.mostViolations)
        if hidden > 0 {
            let more = "\(style.ellipsis) and \(Units.count(hidden)) more: SELECT * FROM violations"
            lines.append(margin + style.paint(more.shortened(to: style.width - margin.count, style.ellipsis), .dim))
        }
        return lines
    }
}
