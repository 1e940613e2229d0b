import Base
import DemandResponse
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct SuitePageTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func suite() throws -> SuiteSummary {
        var passed = try SampleRun().report(in: scratch)
        passed.folder = "evening peak"
        var failed = SampleRun.violated
        failed.name = "Storm | <b>"
        let broken = BrokenRun(
            name: "gone",
            path: "gone.yaml",
            message: "gone.yaml:3:5: error: 100% wrong\n  x: y\n  ^",
            status: .invalidScenario,
            problems: [.init(path: "gone.yaml", line: 3, column: 5, message: "100% wrong,\nand more: much")]
        )
        return SuiteSummary(
            entries: [.run(passed), .run(try failed.summary(in: scratch)), .broken(broken)],
            wallDuration: .seconds(3)
        )
    }

    @Test func `the index leads to each page and says what fell short`() throws {
        try SuiteFiles(suite()).write(into: scratch.path)
        let elements = try XMLReader.elements(of: scratch.text("index.html"))
        #expect(elements.compactMap { $0.attributes["href"] } == ["evening%20peak/report.html"])
        #expect(
            elements.filter { $0.attributes["class"] == "verdict" }.map(\.text) == [
                "FAILED", "PASSED", "VIOLATED", "INVALID",
            ]
        )
        #expect(elements.contains { $0.name == "code" && $0.text == "acknowledgement_latency{program:1}.p90 < 1m" })
        #expect(elements.contains { $0.name == "pre" && $0.text.contains("100% wrong") })
        #expect(elements.contains { $0.name == "h2" && $0.text == "Storm | <b>" })
    }

    @Test func `what has to be known of a fast run's latencies stands in the index and in the Markdown`() throws {
        let index = try XMLReader.elements(of: SuitePage(suite()).html())
        let notes = index.filter { $0.attributes["class"] == "proves" }.map(\.text)
        #expect(notes.suffix(2) == SampleRun.violatedNotes[...])
        let text = MarkdownDocument(try suite()).text
        for note in SampleRun.violatedNotes { #expect(text.contains("_\(note)_")) }
    }

    @Test func `every key of the index is answered`() throws {
        var keys = TemplateKeys(templates: PageTemplates.texts)
        keys.look(into: "index", showing: SuitePage(try suite()))
        let other = try SampleRun().summary(in: scratch, decisions: SampleRun.deciding(1))
        keys.look(into: "index", showing: SuitePage(SuiteSummary(entries: [.run(other)])))
        #expect(keys.missing == [])
        #expect(keys.unseen.subtracting(keys.seen) == [])
    }

    @Test func `a suite in which nothing ran has an index`() throws {
        let page = SuitePage(SuiteSummary(entries: []))
        #expect(page.verdict == "NOTHING RAN")
        #expect(try page.html().contains("No scenario matched."))
    }

    @Test func `the Markdown has a row for each scenario and tells what fell short`() throws {
        let text = MarkdownDocument(try suite()).text
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "## ❌ GridDrill")
        #expect(lines[1] == "**3 scenarios: 1 passed, 2 did not** · 136 dispatch records · 4 h 00 m of grid")
        #expect(lines.contains { $0.hasPrefix("| ✅ | Evening peak on two programs | PASSED | 122 | 96.7 % |") })
        #expect(lines.contains { $0.hasPrefix(#"| ❌ | Storm \| \<b\> | VIOLATED |"#) })
        #expect(
            lines.contains(
                "- `acknowledgement_latency{program:1}.p90 < 1m`: expected \\< 1m; observed 1 m 48 s; at scenarios/evening-peak.yaml:40"
            )
        )
        #expect(
            lines.contains {
                $0.hasPrefix("- invariant 6 monotone: 12 violations among 1,234 facts; first: \\+1 m 00 s")
            }
        )
        #expect(text.contains("```text\ngriddrill run scenarios/evening-peak.yaml --seed 7\n```"))
        #expect(text.contains("```text\ngone.yaml:3:5: error: 100% wrong\n"))
        #expect(text.contains("_virtual run: proves") && text.contains("_live run: measures"))
    }

    @Test func `annotations point at the lines of expectations and of mistakes`() throws {
        let lines = GitHubAnnotations(try suite()).text.split(separator: "\n").map(String.init)
        #expect(lines.count == 4)
        let storm = "title=Storm | <b>"
        #expect(
            lines[0] == "::error file=scenarios/evening-peak.yaml,line=40,\(storm)%3A an expectation fell short::"
                + "acknowledgement_latency{program:1}.p90 < 1m%0Aexpected < 1m%0Aobserved 1 m 48 s%0A"
                + "repeat with: griddrill run scenarios/evening-peak.yaml --seed 7"
        )
        #expect(
            lines[2].hasPrefix(
                "::error file=scenarios/evening-peak.yaml,\(storm)%3A invariant 6 monotone was broken::12 violations"
            )
        )
        #expect(
            lines[3]
                == "::error file=gone.yaml,line=3,col=5,title=a scenario file is invalid::100%25 wrong,%0Aand more: much"
        )
    }

    @Test func `what was decided otherwise is told in the Markdown, and annotated where it was approved`() throws {
        let run = try SampleRun().summary(in: scratch, decisions: SampleRun.deciding(24))
        let suite = SuiteSummary(entries: [.run(run)])
        let lines = MarkdownDocument(suite).text.split(separator: "\n").map(String.init)
        #expect(lines.contains("- decisions: 24 differences from scenarios/approved/evening-peak.ledger"))
        let told = lines.filter { $0.hasPrefix("  - ") }
        #expect(told.first == "  - customer 1, incident peak: text is no longer sent; was sent at 20:10:00")
        #expect(told.count == 21)
        #expect(told.last == "  - … and 4 more: see decisions.ledger beside the record")

        try SuiteFiles(suite).write(into: scratch.path)
        let items = try XMLReader.elements(of: scratch.text("index.html")).filter { $0.name == "li" }.map(\.text)
        #expect(items.contains(" 24 differences from scenarios/approved/evening-peak.ledger"))
        #expect(items.count { $0.hasPrefix("customer ") } == 3)

        let annotations = GitHubAnnotations(suite).text.split(separator: "\n").map(String.init)
        let title = "title=Evening peak on two programs%3A decisions differ"
        let hint = "approve them with: griddrill run --approve scenarios/evening-peak.yaml"
        #expect(annotations.count == 10)
        #expect(
            annotations[0] == "::error file=scenarios/approved/evening-peak.ledger,line=10,\(title)::"
                + "customer 1, incident peak: text is no longer sent; was sent at 20:10:00%0A\(hint)"
        )
        #expect(annotations[1].hasPrefix("::error file=scenarios/evening-peak.yaml,\(title)::customer 2, incident"))
        #expect(annotations[9].hasSuffix("%0A… and 14 more: see decisions.ledger beside the record%0A\(hint)"))
    }

    @Test func `the index and a run's page say alike how the customers stand`() throws {
        let run = try SampleRun().summary(in: scratch)
        let shares = PageShare.all(of: run.overall.counts)
        #expect(shares.words == "117 opted in, 3 reached, no answer, 1 unreachable")
        try SuiteFiles(SuiteSummary(entries: [.run(run)])).write(into: scratch.path)
        #expect(try scratch.text("index.html").contains(shares.words))
    }

    @Test func `a combining mark does not hide what a page or Markdown takes for markup`() {
        #expect(SVG.escaped("a\"\u{301} &\u{301} <\u{301}") == "a&quot;\u{301} &amp;\u{301} &lt;\u{301}")
        #expect(MarkdownDocument.escaped("*\u{301}|\u{301}") == "\\*\u{301}\\|\u{301}")
    }

    @Test func `nothing is annotated when all held`() throws {
        let suite = SuiteSummary(entries: [.run(try SampleRun().summary(in: scratch))])
        #expect(GitHubAnnotations(suite).text == "")
    }
}
