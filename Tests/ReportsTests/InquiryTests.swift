import DispatchStore
import Measures
import TestSupport
import Testing

@testable import Reports

@Suite("Answers to questions about one record")
struct InquiryTests {
    private let scratch: Scratch
    private let database: RunRecord

    init() throws {
        scratch = try Scratch()
        database = try SampleRun().write(to: scratch.file())
    }

    private func answer(_ question: String..., width: Int = 80) throws -> String {
        try InquiryReport(Inquiry(question), database, style: TerminalStyle(width: width)).text
    }

    @Test("a customer's story, word for word")
    func customer() throws {
        #expect(
            try answer("customer", "9999") == """
                Customer 9999 · Customer with no channel
                program 2, Funny Games Power Saver · no channel · times of America/Los_Angeles

                games: unreachable
                market_dispatch, 21:30 – 22:30
                  20:30:01.000  +0 s        dispatcher  dispatched by no channel: unreachable

                """
        )
    }

    @Test("reasons, the commonest first, with those whom they met")
    func why() throws {
        #expect(
            try answer("why", "unacknowledged") == """
                4 without an answer, each customer counted once for every incident
                  3  peak: reached, and never answered
                     customers 118, 119, 120
                  1  games: unreachable: every channel failed for good, or there is none
                     customer 9999

                """
        )
        #expect(try answer("why", "refused") == "none refused, of requests and answers\n")
    }

    @Test("an incident's figures are those of the reports")
    func incident() throws {
        let text = try answer("incident", "peak")
        let group = Breakdown(try database.readHistory().keeping { $0 == 1 }).overall
        let latency = LatencySummary(group.acknowledgement)
        #expect(text.contains("  dispatches      \(group.counts.dispatches)"))
        #expect(latency[.p90] != .empty)
        #expect(text.contains(latency[.p90].text))
        #expect(text.contains("customer 118, Site 118: reached, no answer"))
    }

    @Test("no line is wider than the terminal", arguments: [80, 60, 50])
    func widths(_ width: Int) throws {
        for question in [
            ["customer", "1"], ["incident", "peak"], ["why", "undelivered"], ["why", "unacknowledged"],
        ] {
            let text = try answer(question[0], question[1], width: width)
            for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        }
    }
}
