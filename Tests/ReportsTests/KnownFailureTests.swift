import DispatchStore
import Foundation
import TestSupport
import Testing

@testable import Reports

/// What is known to fall short, as each of the reports tells it.
@Suite struct KnownFailureTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// With the first so many of the sample's.
    private func summary(_ count: Int) throws -> RunSummary {
        var run = SampleRun()
        run.expectations = Array(SampleRun.known.prefix(count))
        run.verdict = run.expectations.allSatisfy(\.passes) ? .passed : .failed
        return try run.summary(in: scratch)
    }

    @Test func `a record gives back what is known, and the run passes with it`() throws {
        let passed = try summary(2)
        #expect(passed.expectations == Array(SampleRun.known.prefix(2)))
        #expect(passed.statuses == [.allHeld])
        #expect(try summary(3).statuses == [.expectationFailed])
        #expect(try summary(4).expectations.map(\.verdict) == [.held, .known, .outlived, .fellShort])
    }

    @Test func `the terminal shows it apart, also where nothing else is to be told`() throws {
        let text = try RunReport(summary(2), style: TerminalStyle()).text
        #expect(text.contains("Expectations    1 of 2 held, 1 known to fall short\n"))
        #expect(text.contains("  ~ late == 0\n"))
        #expect(text.contains("known     #12, until 2027-01-31: the modems are slow\n"))
        #expect(try RunReport(summary(2), style: TerminalStyle()).failures == "")
        let plain = try RunReport(summary(2), style: TerminalStyle(hasUnicode: false)).text
        #expect(plain.contains("  known  late == 0\n"))
        let failed = try RunReport(summary(4), style: TerminalStyle()).text
        #expect(failed.contains("Expectations    2 of 4 fell short, 1 known to fall short\n"))
        #expect(failed.contains("because   holds: the entry known can go (#12, until 2027-01-31: the modems"))
        #expect(failed.contains("known     no longer, its day is over: #9, until 2026-01-31: a number is"))
        let suite = SuiteReport(SuiteSummary(entries: [.run(try summary(2))]), style: TerminalStyle()).text
        #expect(suite.contains("1 expectation known to fall short"))
    }

    @Test func `summary json has the verdict of each and what is known`() throws {
        let document = try JSONSerialization.jsonObject(with: Data(SummaryDocument(summary(4)).text.utf8))
        let summary = try #require(document as? [String: Any])
        let expectations = try #require(summary["expectations"] as? [[String: Any]])
        #expect(expectations.compactMap { $0["verdict"] as? String } == ["held", "known", "outlived", "fell_short"])
        #expect(expectations[0]["known"] is NSNull)
        let known = try #require(expectations[3]["known"] as? [String: Any])
        #expect(known["issue"] as? String == "#9" && known["until"] as? String == "2026-01-31")
        #expect(known["is_over"] as? Bool == true)
    }

    @Test func `JUnit skips it with its reason, and fails what outlived its entry`() throws {
        let suite = SuiteSummary(entries: [.run(try summary(4))])
        let elements = try XMLReader.elements(of: JUnitDocument(suite).text)
        #expect(elements[0].attributes["failures"] == "2")
        let skipped = elements.filter { $0.name == "skipped" && $0.attributes["type"] == "known" }
        #expect(
            skipped.map { $0.attributes["message"] } == [
                "expected == 0, observed 3, known #12, until 2027-01-31: the modems are slow"
            ]
        )
        let failures = elements.filter { $0.name == "failure" }.compactMap { $0.attributes["message"] }
        #expect(failures.first?.contains("because holds: the entry known can go (#12") == true)
        #expect(
            failures.last?.hasSuffix("known no longer, its day is over: #9, until 2026-01-31: a number is wrong")
                == true
        )
    }

    @Test func `Markdown and annotations tell of it where all passed, too`() throws {
        let suite = SuiteSummary(entries: [.run(try summary(2))])
        #expect(
            MarkdownDocument(suite).text.contains(
                "### Known to fall short\n\n- Evening peak on two programs: `late == 0`: expected == 0; observed 3; "
                    + "known \\#12, until 2027-01-31: the modems are slow; at scenarios/evening-peak.yaml:40\n"
            )
        )
        #expect(
            GitHubAnnotations(suite).text
                == "::notice file=scenarios/evening-peak.yaml,line=40,title=Evening peak on two programs%3A known to fall short::"
                + "late == 0%0Aexpected == 0%0Aobserved 3%0Aknown #12, until 2027-01-31: the modems are slow\n"
        )
        #expect(
            GitHubAnnotations(SuiteSummary(entries: [.run(try summary(4))])).text.contains(
                "holds: the entry known can go"
            )
        )
    }

    @Test func `the pages mark it as neither held nor fallen short`() throws {
        var run = SampleRun()
        run.expectations = SampleRun.known
        run.verdict = .failed
        run.tags = ["smoke", "rules"]
        let summary = try run.report(in: scratch)
        let elements = try XMLReader.elements(of: scratch.text("report.html"))
        let entries = elements.filter { $0.attributes["data-known"] != nil }
        #expect(entries.map { $0.attributes["data-known"] } == ["false", "true", "false", "false"])
        #expect(entries.map { $0.attributes["data-held"] } == ["true", "false", "false", "false"])
        #expect(elements.contains { $0.name == "dd" && $0.text == "#12, until 2027-01-31: the modems are slow" })
        #expect(elements.contains { $0.name == "dd" && $0.text == "smoke, rules" })
        let index = try SuitePage(SuiteSummary(entries: [.run(summary)])).html()
        #expect(index.contains("1 of 4 expectations held, 1 known to fall short"))
        #expect(index.contains("observed 3; known: #12, until 2027-01-31: the modems are slow"))
    }

    @Test func `the tags of a scenario are in the documents of its run`() throws {
        var run = SampleRun()
        run.tags = ["smoke", "rules"]
        let summary = try run.summary(in: scratch)
        #expect(summary.header.tags == ["smoke", "rules"])
        let document =
            try JSONSerialization.jsonObject(with: Data(SummaryDocument(summary).text.utf8)) as? [String: Any]
        #expect(document?["tags"] as? [String] == ["smoke", "rules"])
        let elements = try XMLReader.elements(of: JUnitDocument(SuiteSummary(entries: [.run(summary)])).text)
        #expect(elements.first { $0.attributes["name"] == "tags" }?.attributes["value"] == "smoke rules")
    }
}
