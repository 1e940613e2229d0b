import DemandResponse
import DispatchStore
import Journal
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct RunPageTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func page(of run: SampleRun) throws -> RunPage {
        let database = try run.write(to: scratch.file())
        let page = try RunPage(RunMaterial(database, history: database.readHistory()))
        try database.close()
        return page
    }

    private func html(of run: SampleRun) throws -> String {
        try run.report(in: scratch)
        return try scratch.text("report.html")
    }

    private static var empty: SampleRun {
        var run = SampleRun()
        run.isEmpty = true
        run.expectations = []
        run.checks = []
        run.verdict = nil
        run.wall = nil
        return run
    }

    @Test(arguments: [SampleRun(), .violated, RunPageTests.empty])
    func `the page is well formed and needs neither scripts nor a network`(run: SampleRun) throws {
        let html = try html(of: run)
        let elements = try XMLReader.elements(of: html)
        #expect(elements.filter { $0.name == "h1" }.map(\.text) == [run.name])
        #expect(!elements.contains { ["script", "link", "img", "iframe", "object"].contains($0.name) })
        #expect(
            !elements.contains { $0.attributes["src"] != nil || $0.attributes.keys.contains { $0.hasPrefix("on") } }
        )
        let links = elements.compactMap { $0.attributes["href"] }
        let places = Set(elements.compactMap { $0.attributes["id"] })
        #expect(links.allSatisfy { $0.hasPrefix("#L") || places.contains(String($0.dropFirst())) })
    }

    @Test func `a sign is escaped whatever stands beside it, and nothing but our own markup goes in as it is`() throws {
        var run = SampleRun()
        // Signs that combine with the one before or behind, so that the two are one character.
        run.name =
            "\u{600}<meta http-equiv=refresh\u{301}>\u{301}\u{600}\"\u{301}\u{600}'\u{301}\u{600}&\u{301}<\u{200D}style>"
        let html = try html(of: run)
        let bytes = Array(html.utf8)
        #expect(!bytes.contains(sequence: Array("<meta http-equiv=refresh".utf8)))
        #expect(!bytes.contains(sequence: Array("<\u{200D}style".utf8)))
        #expect(try XMLReader.elements(of: html).first { $0.name == "h1" }?.text == run.name)
        let raw = PageTemplates.texts.mapValues { $0.matches(of: /\{\{(\{|&)[^}]*/).map { String($0.output.0) } }
        #expect(raw == ["report": ["{{{style"], "index": ["{{{style"], "drawing": ["{{{."], "table": [], "traces": []])
    }

    @Test func `every key of the templates is answered by the page`() throws {
        var keys = TemplateKeys(templates: PageTemplates.texts)
        keys.look(into: "report", showing: try page(of: SampleRun()))
        keys.look(into: "report", showing: try page(of: .violated))
        var reviewed = try page(of: SampleRun())
        reviewed.review = PageReview(remark: "2 decisions differ", tone: "bad", differences: ["one"], more: "another")
        keys.look(into: "report", showing: reviewed)
        #expect(keys.missing == [])
        // What these runs have no occasion for.
        #expect(
            keys.unseen.subtracting(keys.seen) == ["report: lanesNote", "report: linesNote", "traces: omitted"]
        )
    }

    @Test func `a misspelt key would be found`() throws {
        var keys = TemplateKeys(templates: [
            "report": "{{#checks}}{{name}} {{outcom}}{{/checks}}{{^empty(lanez)}}{{/empty(lanez)}}"
        ])
        keys.look(into: "report", showing: try page(of: SampleRun()))
        #expect(keys.missing == ["report: outcom", "report: lanez"])
    }

    @Test func `names that look like markup are shown as they are`() throws {
        var run = SampleRun()
        run.name = "<script>alert('&amp;')</script>"
        run.siteName = "<script>\u{1B}[31m\u{202E}\"site\" &"
        run.path = "scenarios/\"<b>.yaml"
        let html = try html(of: run)
        let elements = try XMLReader.elements(of: html)
        #expect(elements.first { $0.name == "h1" }?.text == run.name)
        #expect(!elements.contains { $0.name == "script" })
        #expect(elements.contains { $0.name == "b" && $0.text.hasPrefix("<script>␛[31m\u{FFFD}\"site\" & 11") })
    }

    @Test func `at the top stand what ran, in which world, the verdict and how to repeat it`() throws {
        let page = try page(of: SampleRun())
        #expect(page.verdict == "PASSED")
        #expect(page.facts == "virtual run · seed 7 · 2 h 00 m of grid in 840 ms")
        #expect(page.proves.hasPrefix("virtual run: proves decisions"))
        #expect(page.command == "griddrill run scenarios/evening-peak.yaml --seed 7")
    }

    @Test func `an expectation that fell short says what was expected, observed and why, and leads to its line`() throws
    {
        let page = try page(of: .violated)
        #expect(page.verdict == "VIOLATED")
        #expect(page.expectationRemark == "2 of 3 fell short")
        #expect(page.expectationTone == "bad" && page.invariantTone == "bad")
        let failed = try #require(page.expectations.last)
        #expect(failed.held == false)
        #expect(failed.line == 41)
        #expect(failed.reasons.map(\.name) == ["expected", "observed", "because", "at"])
        #expect(failed.reasons[2].value == "no samples: nobody was reached by voice")
        let check = try #require(page.checks.last)
        #expect(check.tone == "bad")
        #expect(check.violations.count == 7)
        #expect(check.query == "sqlite3 record.sqlite 'SELECT * FROM violations WHERE number = 6'")
    }

    @Test func `what held is not told as a failure because something else failed`() throws {
        var run = SampleRun()
        run.checks = SampleRun.broken
        run.verdict = .violated
        let page = try page(of: run)
        #expect(page.tone == "bad" && page.invariantTone == "bad")
        #expect(page.expectationTone == "good")
    }

    @Test func `of a fast live run it is said which latency is in which time, and what was not played`() throws {
        let page = try page(of: .violated)
        #expect(page.latencyNotes == SampleRun.violatedNotes)
        #expect(page.slowestNote.hasSuffix("Steps have the run's own time, 60 times as fast as the machine's."))
        #expect(try self.page(of: SampleRun()).latencyNotes == [])
    }

    @Test func `whoever never answered is shown, not dropped`() throws {
        let page = try page(of: SampleRun())
        let answers = try #require(page.latencies.first { $0.title == "Acknowledgement" })
        #expect(answers.pairs.last?.value == "4 of 121 customers, 3.3 %")
        #expect(answers.drawing?.contains("<title>never: 4 customers, 3.3 %</title>") == true)
        #expect(page.shares.map(\.state) == ["acknowledged", "silent", "unreachable"])
        #expect(page.silentNote == "4 customers did not answer.")
    }

    @Test func `the slowest and the silent have every step with its time`() throws {
        let page = try page(of: SampleRun())
        let slow = try #require(page.slowest.first)
        #expect(slow.title == "Site 117")
        #expect(slow.summary == "peak: answered after 1 m 57 s")
        #expect(
            slow.steps.map { "\($0.since) \($0.witness) \($0.text)" } == [
                "+0 s dispatcher dispatched by websocket", "+157 ms client has the websocket record",
                "+1 m 57 s client acknowledges", "+1 m 57 s dispatcher acknowledgement recorded, in time",
                "+1 m 57 s dispatcher websocket: withdrawn",
                "+1 m 57 s client sees its acknowledgement confirmed",
            ]
        )
        #expect(slow.steps.map(\.at)[1] == "20:30:01.157")
        let silent = page.silent.map { "\($0.title), \($0.summary)" }
        #expect(
            silent == [
                "Site 118, peak: reached, no answer", "Site 119, peak: reached, no answer",
                "Site 120, peak: reached, no answer", "Customer with no channel (9999), games: unreachable",
            ]
        )
    }

    @Test func `customers who are alike stand in one row`() throws {
        let table = try #require(try page(of: SampleRun()).table)
        #expect(table.groups.map(\.heading) == ["By program", "By channel", "By incident", "By customer group"])
        let groups = try #require(table.groups.last).rows.map { "\($0.name): \($0.detail ?? "")" }
        #expect(groups == ["Site …: websocket", "Site …: email, websocket", "Customer with no channel: no channel"])
        #expect(table.groups.flatMap(\.rows).allSatisfy { $0.cells.count == table.heads.count })
    }

    @Test func `the roster's groups stand in place of those who are alike`() throws {
        var run = SampleRun()
        run.groups = ["north", "south"]
        let table = try #require(try page(of: run).table)
        #expect(table.groups.map(\.heading) == ["By program", "By channel", "By incident", "By customer group"])
        #expect(try #require(table.groups.last).rows.map(\.name) == ["north", "south"])
    }

    @Test func `only what is grouped has headings in its tables`() throws {
        let elements = try XMLReader.elements(of: html(of: SampleRun()))
        let headings = elements.filter { $0.name == "th" && $0.attributes["scope"] == "rowgroup" }.map(\.text)
        #expect(headings == ["By program", "By channel", "By incident", "By customer group"])
    }

    @Test func `a page about twenty-five times as many sites is hardly longer`() throws {
        let small = try html(of: SampleRun())
        var run = SampleRun()
        run.sites = 3_000
        let large = try html(of: run)
        #expect(large.utf8.count < 2 * small.utf8.count)
    }

    @Test func `a run that was broken off, and in which nothing happened, has a page that says so`() throws {
        let page = try page(of: Self.empty)
        #expect(page.verdict == "BROKEN OFF")
        #expect(page.invariantRemark == "not checked")
        #expect(page.expectationRemark == "none: this run checked invariants only")
        #expect(try html(of: Self.empty).contains("Nothing was dispatched, so there is nothing to measure."))
        #expect(try html(of: Self.empty).contains("Nobody was dispatched."))
    }

    @Test func `a server's database is no record of a run`() throws {
        try ServerDatabase.open(at: scratch.file()).close()
        let error = #expect(throws: StoreError.self) { try RunFiles(.open(at: scratch.file())) }
        #expect(error?.description.contains("server's database") == true)
    }
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool { firstRange(of: sequence) != nil }
}
