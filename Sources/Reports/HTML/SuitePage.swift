internal import Analysis
internal import Base
internal import DispatchStore
internal import Foundation
internal import Measures

/// `index.html`: what each scenario of a suite came to, with the way to its page.
struct SuitePage {
    private static let mostDifferences = 3

    struct Run {
        var name: String
        /// Relative to the suite's folder; `nil`: there is no page.
        var link: String?
        var verdict: String
        var tone: String
        var facts: String
        var shares: [PageShare]
        var sharesLabel: String
        var pairs: [PagePair]
        var failures: [PagePair]
        /// The first decisions that differ from the approved ones.
        var differences: [String]
        /// What is wrong with the file, or why the run was broken off.
        var message: String?
    }

    var style = PageTemplates.style
    var title: String
    var verdict: String
    var tone: String
    var facts: String
    var statuses: [String]
    /// Of every world in which something ran, and what has to be known of their latencies.
    var proves: [String]
    var runs: [Run]

    init(_ summary: SuiteSummary) {
        let entries = summary.entries
        let passed = entries.count { $0.status == .allHeld }
        title = "\(Units.plural(entries.count, "scenario")): \(Units.count(passed)) passed"
        verdict = summary.status == .allHeld ? "PASSED" : entries.isEmpty ? "NOTHING RAN" : "FAILED"
        tone = summary.status == .allHeld ? "good" : "bad"
        let runs = summary.runs
        let grid = runs.reduce(Span.zero) { $0 + $1.simulated }
        let wall = summary.wallDuration ?? runs.reduce(Span.zero) { $0 + ($1.header.wallDuration ?? .zero) }
        let dispatches = runs.reduce(0) { $0 + $1.overall.counts.dispatches }
        facts = [
            Units.plural(dispatches, "dispatch record"), "\(Units.text(grid)) of grid in \(Units.text(wall))",
        ].joined(separator: " · ")
        statuses = summary.status == .allHeld ? [] : summary.statuses.filter { $0 != .allHeld }.map(\.name)
        proves =
            [RunHeader.World.virtual, .live].filter { world in runs.contains { $0.header.world == world } }.map(
                \.proves
            ) + summary.latencyNotes
        self.runs = entries.map(Self.run)
    }

    func html() throws -> String { try PageTemplates.render(self, with: "index") }

    private static func run(_ entry: SuiteSummary.Entry) -> Run {
        switch entry {
        case .run(let run): Self.run(run)
        case .broken(let run):
            Run(
                name: run.name,
                link: nil,
                verdict: run.status == .invalidScenario ? "INVALID" : "BROKEN OFF",
                tone: "bad",
                facts: run.path,
                shares: [],
                sharesLabel: "",
                pairs: [],
                failures: [],
                differences: [],
                message: run.message
            )
        }
    }

    private static func run(_ summary: RunSummary) -> Run {
        let all = summary.overall
        let shares = PageShare.all(of: summary.overall.counts)
        let broken = summary.checks.filter { $0.violationCount > 0 }
        let review = summary.decisions.flatMap { $0.differs ? $0 : nil }
        let decisions = review.map { [PagePair(name: "decisions", value: $0.words)] } ?? []
        return Run(
            name: summary.header.name,
            link: summary.folder?.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed).map {
                "\($0)/report.html"
            },
            verdict: summary.verdict,
            tone: summary.status == .allHeld ? "good" : "bad",
            facts: RunPage.facts(summary)
                + " · \(held(summary.expectations))",
            shares: shares,
            sharesLabel: shares.words,
            pairs: [
                PagePair(name: "records", value: Units.count(all.counts.dispatches)),
                pair("delivery p50", all.delivery[.p50]),
                pair("p99", all.delivery[.p99]), pair("answer p50", all.acknowledgement[.p50]),
                pair("p95", all.acknowledgement[.p95]),
            ],
            failures: (summary.expectations.failures + summary.expectations.known).map {
                let known = $0.known.map { "; known: \($0.words)" } ?? ""
                return PagePair(
                    name: $0.text,
                    value: "observed \($0.observed.isEmpty ? "nothing" : $0.observed)\(known)",
                    style: $0.passes ? "known" : ""
                )
            } + broken.map { PagePair(name: "invariant \($0.label)", value: $0.outcome) } + decisions,
            differences: differences(summary),
            message: nil
        )
    }

    private static func held(_ findings: [ExpectationFinding]) -> String {
        let held = findings.count { $0.verdict == .held }
        let known = findings.known.isEmpty ? "" : ", \(findings.known.count) known to fall short"
        return "\(held) of \(Units.plural(findings.count, "expectation")) held\(known)"
    }

    private static func pair(_ name: String, _ value: Population.Value) -> PagePair {
        PagePair(name: name, value: value.text, style: value == .never ? "never" : "")
    }

    /// How they differ from the approved ones; the run's own page tells more of them.
    private static func differences(_ summary: RunSummary) -> [String] {
        guard case .different(let differences) = summary.decisions?.outcome else { return [] }
        return differences.prefix(mostDifferences).map(\.text)
    }
}
