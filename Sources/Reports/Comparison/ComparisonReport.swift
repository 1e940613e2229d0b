internal import Analysis
internal import Base
internal import DispatchStore
internal import Measures

/// A comparison, for a terminal.
public struct ComparisonReport: Sendable {
    private static let mostDifferences = 20

    private let suite: SuiteComparison
    private let style: TerminalStyle

    public init(_ suite: SuiteComparison, style: TerminalStyle) {
        self.suite = suite
        self.style = style
    }

    /// The whole report, ending in a line feed.
    public var text: String {
        var sections = suite.runs.map { run($0.comparison) }
        let missing =
            suite.onlyInA.map { "only A has \($0)" } + suite.onlyInB.map { "only B has \($0)" }
        if !missing.isEmpty {
            let count = Units.plural(missing.count, "scenario")
            sections.append([style.paint("\(count) without a counterpart", .boldRed)] + missing.flatMap(differing))
        }
        if suite.runs.count > 1 { sections.append([totals]) }
        if sections.isEmpty { sections.append(["No scenario is in both."]) }
        return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var totals: String {
        let comparisons = suite.runs.map(\.comparison)
        let different = comparisons.count { !$0.differences.isEmpty }
        let worse = comparisons.count { $0.isWorse }
        let words = [
            "\(Units.plural(comparisons.count, "scenario")) compared",
            different == 0 ? "the same decided in all" : "decisions differ in \(Units.count(different))",
            worse == 0 ? "no latency is worse" : "latencies are worse in \(Units.count(worse))",
        ]
        let isGood = different + worse == 0
        return style.paint(style.plain(words.joined(separator: " · ")), isGood ? .boldGreen : .boldRed)
    }

    // MARK: One run

    private func run(_ comparison: RunComparison) -> [String] {
        let verdict = comparison.verdict
        let name = comparison.header.name.printable().shortened(to: style.width - verdict.columns - 2, style.ellipsis)
        let gap = String(repeating: " ", count: style.width - name.columns - verdict.columns)
        let isGood = comparison.differences.isEmpty && !comparison.isWorse
        var lines = [style.paint(name, .bold) + gap + style.paint(verdict, isGood ? .boldGreen : .boldRed)]
        lines.append(style.paint(comparison.sides, .dim))
        lines += comparison.remarks.flatMap { wrapped("note: \($0)", indent: 0) }.map { style.paint($0, .yellow) }
        return lines + [""] + decisions(comparison) + [""] + latencies(comparison)
    }

    private func decisions(_ comparison: RunComparison) -> [String] {
        let differences = comparison.differences
        guard !differences.isEmpty else { return [headline("Decisions", "the same", .green)] }
        var lines = [headline("Decisions", Units.plural(differences.count, "difference"), .boldRed)]
        lines += differences.prefix(Self.mostDifferences).flatMap { differing($0.text) }
        let hidden = differences.count - Self.mostDifferences
        if hidden > 0 { lines.append("    " + style.plain("… and \(Units.count(hidden)) more")) }
        return lines
    }

    private func latencies(_ comparison: RunComparison) -> [String] {
        guard comparison.header.world == .live else {
            return [headline("Latencies", "not compared: those of virtual runs are the script's", .dim)]
        }
        guard !comparison.latencies.isEmpty else { return [headline("Latencies", "no samples")] }
        let counts = LatencyComparison.Verdict.allCases.compactMap { verdict -> String? in
            let count = comparison.latencies.count { $0.verdict == verdict }
            return count > 0 ? "\(count) \(verdict.rawValue)" : nil
        }
        var table = TextTable()
        table.rows.append(
            ["", "A", "B", "B later by, 95 % sure", "verdict"].map { TextTable.Cell($0, .dim) }
        )
        var kind: Latency?
        for latency in comparison.latencies {
            if latency.latency != kind {
                kind = latency.latency
                table.rows.append([TextTable.Cell(latency.latency.title, span: 5)])
            }
            table.rows.append(row(latency))
        }
        let colour: Colour = comparison.isWorse ? .boldRed : .green
        let footnotes = Self.footnotes(comparison).flatMap { wrapped($0, indent: 2) }.map { style.paint($0, .dim) }
        return [headline("Latencies", counts.joined(separator: ", "), colour)] + table.lines(style, least: 8)
            + footnotes
    }

    private func row(_ latency: LatencyComparison) -> [TextTable.Cell] {
        let colour: Colour? =
            switch latency.verdict {
            case .worse: .boldRed
            case .better: .green
            case .inconclusive, .same: .dim
            }
        return [
            TextTable.Cell("  \(latency.name)"), TextTable.Cell(Self.words(latency.a)),
            TextTable.Cell(Self.words(latency.b)),
            TextTable.Cell(latency.interval.map { Self.words($0) } ?? Self.unsure(latency)),
            TextTable.Cell(latency.verdict.rawValue, colour),
        ]
    }

    private static func unsure(_ latency: LatencyComparison) -> String {
        latency.a.microseconds == nil || latency.b.microseconds == nil ? "too few samples" : "too few runs"
    }

    private static func words(_ value: Population.Value) -> String {
        switch value {
        case .span(let span): Units.text(span)
        case .never: "never"
        case .withheld, .empty: "–"
        }
    }

    private static func words(_ interval: ClosedRange<Double>) -> String {
        guard interval != 0...0 else { return "0" }
        let (least, most) = (words(interval.lowerBound), words(interval.upperBound))
        return least == most ? least : "\(least) … \(most)"
    }

    private static func words(_ microseconds: Double) -> String {
        guard microseconds.isFinite else { return microseconds < 0 ? "never in A" : "never in B" }
        let text = Units.text(.microseconds(Int64(microseconds)))
        return microseconds > 0 ? "+\(text)" : text
    }

    private static func footnotes(_ comparison: RunComparison) -> [String] {
        var notes: [String] = []
        if Set((comparison.a + comparison.b).map(\.clockSpeed)).count == 1 { notes += comparison.header.latencyNotes }
        let values = comparison.latencies.flatMap { [$0.a, $0.b] }
        if values.contains(.never) { notes.append("never: falls among those who had not answered when the run ended") }
        if comparison.latencies.contains(where: { $0.interval.map { $0 != 0...0 } ?? false }) {
            let percent = Units.factor((comparison.tolerance * 1_000).rounded() / 10)
            notes.append("worse, better: the interval lies beyond \(percent) % of the smaller; same: within")
        }
        return notes
    }

    // MARK: Shared

    private func headline(_ title: String, _ remark: String, _ colour: Colour? = nil) -> String {
        style.paint(title.padded(to: 14), .bold) + "  " + style.paint(style.plain(remark), colour)
    }

    private func differing(_ text: String) -> [String] {
        let indent = 2 + style.markWidth + 1
        return wrapped(text, indent: indent).enumerated().map { index, line in
            index == 0 ? "  \(style.mark(false)) " + line.dropFirst(indent) : line
        }
    }

    private func wrapped(_ text: String, indent: Int) -> [String] {
        style.plain(text.printable()).wrapped(to: style.width - indent, style.ellipsis).map {
            String(repeating: " ", count: indent) + $0
        }
    }
}

extension RunComparison {
    /// The run that stands for all of them.
    fileprivate var header: RunHeader { b[0] }

    fileprivate var sides: String {
        let world = header.world.rawValue
        return a.count + b.count == 2 ? "two \(world) runs, A and B" : "\(world) runs: \(a.count) of A, \(b.count) of B"
    }

    fileprivate var verdict: String {
        switch (differences.isEmpty, isWorse) {
        case (false, true): "DIFFERS, WORSE"
        case (false, false): "DIFFERS"
        case (true, true): "WORSE"
        case (true, false): latencies.contains { $0.verdict == .better } ? "BETTER" : "NO WORSE"
        }
    }
}

extension LatencyComparison {
    /// `p50`, `p99.9`
    var name: String { perMille % 10 == 0 ? "p\(perMille / 10)" : "p\(perMille / 10).\(perMille % 10)" }
}

extension Latency {
    fileprivate var title: String {
        switch self {
        case .delivery: "delivery"
        case .acknowledgement: "acknowledgement"
        case .confirmation: "confirmation"
        case .dispatchLag: "dispatch lag"
        }
    }
}
