import Base
import DemandResponse
import Reports
import TestSupport
import Testing

@Suite struct DocumentSchemaTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `summaries of runs of every kind follow their schema`() throws {
        var brokenOff = SampleRun()
        brokenOff.verdict = nil
        brokenOff.wall = nil
        let texts = try [SampleRun(), .violated, brokenOff].map { try SummaryDocument($0.summary(in: scratch)).text }
        let complaints = try SchemaValidator.validate(texts, schema: DocumentSchema.summary.text)
        #expect(complaints == [[], [], []])
    }

    @Test func `the schema refuses what is no summary`() throws {
        let text = try SummaryDocument(SampleRun().summary(in: scratch)).text
        let wrong = [
            text.replacing("\"held\": true", with: "\"held\": \"yes\""),
            text.replacing("\"dispatches\"", with: "\"despatches\""),
            text.replacing("\"virtual\"", with: "\"imaginary\""), "{}",
        ]
        let complaints = try SchemaValidator.validate(wrong, schema: DocumentSchema.summary.text)
        #expect(complaints.allSatisfy { !$0.isEmpty })
    }

    @Test func `a suite's document follows its schema`() throws {
        let broken = BrokenRun(name: "gone", path: "gone.yaml", message: "line 3", status: .invalidScenario)
        let suites = [
            SuiteSummary(
                entries: [.run(try SampleRun().summary(in: scratch)), .broken(broken)],
                wallDuration: .seconds(1)
            ),
            SuiteSummary(entries: []),
        ]
        let texts = suites.map { SuiteDocument($0).text }
        #expect(try SchemaValidator.validate(texts, schema: DocumentSchema.suite.text) == [[], []])
    }
}
