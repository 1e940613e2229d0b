import Base
import DemandResponse
import DispatchStore
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct JUnitTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func eachExpectationAndEachCheckerIsATestCase() throws {
        let suite = SuiteSummary(
            entries: [.run(try SampleRun().summary(in: scratch))],
            wallDuration: .milliseconds(1_234)
        )
        let elements = try XMLReader.elements(of: JUnitDocument(suite).text)
        #expect(
            elements[0].attributes == [
                "name": "griddrill", "tests": "5", "failures": "0", "errors": "0", "skipped": "1", "time": "1.234",
            ]
        )
        let cases = elements.filter { $0.name == "testcase" }
        #expect(
            cases.compactMap { $0.attributes["name"] } == [
                "dispatches == 122", "acknowledged{program:1} >= 94% within 10m", "invariant 1 coverage",
                "invariant 2 no phantom", "invariant 9 restart",
            ]
        )
        #expect(cases[1].attributes["line"] == "39")
        #expect(cases[1].attributes["file"] == "scenarios/evening-peak.yaml")
        #expect(elements.first { $0.name == "testsuite" }?.attributes["time"] == "0.840")
        #expect(elements.first { $0.name == "skipped" }?.attributes == ["message": "nothing to examine"])
    }

    @Test func aFailureSaysWhatTheTerminalSays() throws {
        var run = SampleRun()
        run.expectations = SampleRun.failing
        run.checks = SampleRun.broken
        run.verdict = .violated
        let summary = try run.summary(in: scratch)
        let elements = try XMLReader.elements(of: JUnitDocument(SuiteSummary(entries: [.run(summary)])).text)
        let failures = elements.filter { $0.name == "failure" }
        #expect(
            failures.compactMap { $0.attributes["message"] } == [
                "expected < 1m, observed 1 m 48 s",
                "expected < 2s, observed nothing, because no samples: nobody was reached by voice",
            ]
        )
        let terminal = RunReport(summary, style: TerminalStyle()).text
        for line in failures.prefix(2).flatMap({ $0.text.split(separator: "\n") }) {
            #expect(terminal.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
        }
    }

    @Test func aBrokenInvariantIsAnErrorAndNotAFailure() throws {
        var run = SampleRun()
        run.expectations = SampleRun.failing
        run.checks = SampleRun.broken
        run.verdict = .violated
        let summary = try run.summary(in: scratch, decisions: SampleRun.deciding(14))
        let elements = try XMLReader.elements(of: JUnitDocument(SuiteSummary(entries: [.run(summary)])).text)
        let error = try #require(elements.first { $0.name == "error" })
        #expect(error.attributes == ["message": "12 violations among 1,234 facts", "type": "invariant"])
        #expect(error.text.hasSuffix("… and 5 more"))
        try expectAgreement(elements)
    }

    @Test func whatASuiteCountsIsWhatItHolds() throws {
        var run = SampleRun()
        run.expectations = SampleRun.failing
        run.checks = SampleRun.broken
        run.verdict = .violated
        let invalid = BrokenRun(name: "storm", path: "storm.yaml", message: "no seed", status: .invalidScenario)
        let brokenOff = BrokenRun(name: "flood", path: "flood.yaml", message: "a full disk", status: .internalError)
        let suite = SuiteSummary(
            entries: [
                .run(try SampleRun().summary(in: scratch)), .run(try run.summary(in: scratch)), .broken(invalid),
                .broken(brokenOff),
            ]
        )
        let elements = try XMLReader.elements(of: JUnitDocument(suite).text)
        #expect(elements.count { $0.name == "error" } == 3)
        try expectAgreement(elements)
    }

    /// The counts of the whole document, and those of its suites together, are those of its elements.
    private func expectAgreement(_ elements: [XMLReader.Element]) throws {
        for (attribute, name) in [
            ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
        ] {
            let count = elements.count { $0.name == name }
            #expect(elements[0].attributes[attribute] == "\(count)", "\(name)")
            let suites = elements.filter { $0.name == "testsuite" }.compactMap { Int($0.attributes[attribute] ?? "") }
            #expect(suites.reduce(0, +) == count, "\(name)")
        }
    }

    @Test func aScenarioThatCouldNotRunIsAnError() throws {
        let message = "storm.yaml:3:1: error: unknown key 'sed'\n  3 | sed: 7\n    | ^~~"
        let broken = BrokenRun(name: "storm", path: "storm.yaml", message: message, status: .invalidScenario)
        let elements = try XMLReader.elements(of: JUnitDocument(SuiteSummary(entries: [.broken(broken)])).text)
        #expect(elements[0].attributes["errors"] == "1")
        let error = try #require(elements.first { $0.name == "error" })
        #expect(error.attributes["message"] == "storm.yaml:3:1: error: unknown key 'sed'")
        #expect(error.text == message)
    }

    @Test func differingDecisionsAreAFailure() throws {
        let summary = try SampleRun().summary(in: scratch, decisions: SampleRun.deciding(14))
        let elements = try XMLReader.elements(of: JUnitDocument(SuiteSummary(entries: [.run(summary)])).text)
        let failure = try #require(elements.first { $0.name == "failure" })
        #expect(failure.attributes["message"] == "14 differences from scenarios/approved/evening-peak.ledger")
        #expect(failure.text.hasPrefix("customer 1, incident peak: text is no longer sent; was sent at 20:10:00\n"))
        #expect(failure.text.hasSuffix("… and 2 more: see decisions.ledger beside the record"))
    }

    @Test func whatXMLDoesNotAllowIsShownByPictures() throws {
        var run = SampleRun()
        run.name = "<Evening> & \"peak\"\u{1B}[31m\u{1}\u{FFFE}"
        let expectation = ExpectationFinding(line: 1, text: "a\u{7} ]]> b\r\n", observed: "<&>", held: false)
        run.expectations = [expectation]
        let suite = SuiteSummary(entries: [.run(try run.summary(in: scratch))])
        let elements = try XMLReader.elements(of: JUnitDocument(suite).text)
        #expect(elements[1].attributes["name"] == "<Evening> & \"peak\"␛[31m␁\u{FFFD}")
        #expect(elements.first { $0.name == "failure" }?.text.hasPrefix("a␇ ]]> b␍\n") == true)
    }

    @Test func anEmptySuiteIsAValidDocument() throws {
        let elements = try XMLReader.elements(of: JUnitDocument(SuiteSummary(entries: [])).text)
        #expect(elements.count == 1)
        #expect(elements[0].attributes["tests"] == "0")
    }
}
