import Base
import DemandResponse
import DispatchStore
import Foundation
import TestSupport
import Testing

@testable import Reports

/// What people read, word for word.
@Suite struct ReportTextTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func aRunInWhichAllHeld() throws {
        let text = try RunReport(SampleRun().summary(in: scratch), style: TerminalStyle()).text
        #expect(text == Self.passed)
    }

    @Test func aRunInWhichMuchWentWrong() throws {
        let text = try RunReport(SampleRun.violated.summary(in: scratch), style: TerminalStyle()).text
        #expect(text == Self.violated)
    }

    @Test func theSameInSixtyColumnsOfASCII() throws {
        let style = TerminalStyle(hasUnicode: false, width: 60)
        let text = RunReport(try SampleRun.violated.summary(in: scratch), style: style).text
        #expect(text == Self.narrow)
        let isASCII = text.allSatisfy(\.isASCII)
        #expect(isASCII)
    }

    @Test func whatFellShortInColours() throws {
        let style = TerminalStyle(hasColour: true)
        let text = RunReport(try SampleRun.violated.summary(in: scratch), style: style).failures
        #expect(text.replacing("\u{1B}", with: "␛") == Self.coloured)
    }

    @Test func coloursAreAllThatColoursAdd() throws {
        let summary = try SampleRun.violated.summary(in: scratch)
        let coloured = RunReport(summary, style: TerminalStyle(hasColour: true)).text
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == Self.violated)
    }

    @Test func ofARunInWhichAllHeldThereIsNothingThatFellShort() throws {
        let text = try RunReport(SampleRun().summary(in: scratch), style: TerminalStyle()).failures
        #expect(text == "")
    }

    @Test(arguments: decisions)
    func `decisions, as they compare with the approved ones`(_ outcome: DecisionReview.Outcome, _ told: String) throws {
        let review = DecisionReview(approvedPath: "scenarios/approved/evening-peak.ledger", outcome)
        let text = try RunReport(SampleRun().summary(in: scratch, decisions: review), style: TerminalStyle()).text
        let section = try #require(text.components(separatedBy: "\n\n").first { $0.hasPrefix("Decisions") })
        #expect(section == told)
    }

    @Test func noLineIsWiderThanTheTerminal() throws {
        var run = SampleRun.violated
        run.name = String(repeating: "名前", count: 60)
        run.description = String(repeating: "unbroken", count: 30)
        run.expectations = [
            ExpectationFinding(
                line: 1,
                text: "message{customer:1} contains \"\(String(repeating: "plan ", count: 40))\"",
                observed: String(repeating: "words ", count: 60),
                held: false
            ),
            ExpectationFinding(line: 2, text: String(repeating: "x", count: 300), observed: "1", held: true),
        ]
        let summary = try run.summary(in: scratch)
        for width in [50, 60, 71, 72, 80] {
            let lines = RunReport(summary, style: TerminalStyle(width: width)).text.split(separator: "\n")
            // Record and Repeat are to be copied: they stay whole.
            for line in lines where !line.hasPrefix("Re") {
                // Each of these characters takes two columns.
                let wide = line.count { $0 == "名" || $0 == "前" }
                #expect(line.count + wide <= width, "\(line)")
            }
        }
    }

    @Test func anEscapeSequenceInANameReachesNoTerminal() throws {
        var run = SampleRun()
        run.name = "evil \u{1B}]0;title\u{7}"
        run.expectations = [ExpectationFinding(line: 1, text: "late == 0", observed: "\u{1B}[2J", held: false)]
        let summary = try run.summary(in: scratch)
        let suite = SuiteSummary(entries: [.run(summary)])
        for text in [RunReport(summary, style: TerminalStyle()).text, SuiteReport(suite, style: TerminalStyle()).text] {
            #expect(!text.contains("\u{1B}"))
            #expect(text.contains("evil ␛]0;title␇"))
        }
    }

    @Test func aRunThatCheckedNothingSaysSo() throws {
        var run = SampleRun()
        run.expectations = []
        run.checks = []
        let text = RunReport(try run.summary(in: scratch), style: TerminalStyle()).text
        #expect(text.contains("Expectations    none: this run checked invariants only\n"))
        #expect(text.contains("Invariants      not checked\n"))
    }

    @Test func aSuiteHasALineForEachRunAndTheTotals() throws {
        let broken = BrokenRun(
            name: "storm.yaml",
            path: "scenarios/storm.yaml",
            message: """
                scenarios/storm.yaml:3:1: error: unknown key 'sed'
                  3 | sed: 7
                    | ^~~ did you mean 'seed'?
                """,
            status: .invalidScenario
        )
        let runs = try [SampleRun(), .violated].map { SuiteSummary.Entry.run(try $0.summary(in: scratch)) }
        let suite = SuiteSummary(entries: runs + [.broken(broken)], wallDuration: .milliseconds(1_234))
        #expect(SuiteReport(suite, style: TerminalStyle()).text == Self.suite)
        #expect(
            SuiteReport(SuiteSummary(entries: []), style: TerminalStyle()).text == "No scenario matched.\n"
        )
    }
}
