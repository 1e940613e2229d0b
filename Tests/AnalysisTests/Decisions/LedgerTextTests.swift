import Base
import DemandResponse
import TestSupport
import Testing

@testable import Analysis

@Suite struct LedgerTextTests {
    @Test func `all that an evening decides, word for word`() async throws {
        #expect(try await RehearsedEvening.ledger().text == Self.everything)
    }

    @Test func `a text is read again without loss`() async throws {
        let ledger = try await RehearsedEvening.ledger()
        #expect(try Ledger(text: ledger.text, path: "evening.ledger") == ledger)
    }

    @Test func `a thousand customers are a few lines, and read again without loss`() async throws {
        let text = RehearsedEvening.everything
            .replacing(
                "  - {id: 18,",
                with: "  - {ids: 100..1099, name: \"Home {id}\", program: 1, channels: [websocket]}\n  - {id: 18,"
            )
            .replacing("[dispatches == 26]", with: "[dispatches >= 1000]")
            .replacing("after: 1m, by", with: "after: 1m, share: 90%, by")
        let ledger = try await RehearsedEvening.ledger(text)
        #expect(ledger.text.split(separator: "\n").count < 135)
        #expect(ledger.text.split(separator: "\n").allSatisfy { $0.count <= 500 })
        #expect(ledger.text.contains("  the other "))
        #expect(try Ledger(text: ledger.text, path: "evening.ledger") == ledger)
    }

    @Test(arguments: [
        ("GridDrill decision ledger, version 2", "something else", 1, "this is not a decision ledger"),
        (
            "version 2", "version 1", 1,
            "version 1 is not one that this build reads, which is 2; have it written anew by"
        ),
        ("seed: 11", "seed: eleven", 3, "a seed is a number"),
        ("    websocket: sent", "    webbsocket: sent", 13, "'webbsocket' is nothing that is decided for a customer"),
        ("    1 7..9", "    1 9..7", 12, "customers are ascending ids and ranges"),
        ("4 customers: 36.4 %", "5 customers: 36.4 %", 11, "this is not as it was written"),
        ("taken", "delivered", 28, "was changed by hand, or by a merge"),
        ("  event: market", "<<<<<<< HEAD\n  event: market", 7, "a conflict of two versions stands here"),
        ("  message: Dear", "  message: \\Dear", 9, "a backslash means nothing here"),
    ])
    func `a damaged one says what is wrong and in which line`(
        _ word: String,
        _ other: String,
        _ line: Int,
        _ message: String
    ) async throws {
        let text = try await RehearsedEvening.ledger().text
        let damaged = text.replacing(word, with: other, maxReplacements: 1)
        let error = try #require(throws: LedgerError.self) { try Ledger(text: damaged, path: "e.ledger") }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.description.hasPrefix("e.ledger:\(error.line): "))
        #expect(line == 28 ? error.message.contains("griddrill run --approve") : error.line == line, "\(error)")
    }

    @Test func `one that was cut anywhere is not read`() async throws {
        let lines = try await RehearsedEvening.ledger().text.split(separator: "\n", omittingEmptySubsequences: false)
        for count in 0..<lines.count - 1 {
            let cut = lines.prefix(count).joined(separator: "\n")
            #expect(throws: LedgerError.self) { try Ledger(text: cut, path: "e.ledger") }
        }
    }

    /// Pieces of text of which each has once broken something that is read line by line, or by what Unicode calls a character.
    private static let pieces = [
        "a", " ", "\n", "\r", "\r\n", "\t", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{301}", "e\u{301}",
        "é", "\u{1F468}\u{200D}\u{1F469}",
        "\u{5D0}\u{5D1}", "\u{202E}", "\u{2067}", "\u{FEFF}", "\u{A0}", "\u{600}", "\u{1100}\u{1161}",
        "\u{1F1E9}\u{1F1EA}", "\\", "\\n", "\\u{41}", ":", ": ", ";", "; ", ";", "\"",
        "'", "#", "<<<<<<< ", "=======", "seal: 0", "  ", "1..2", "incident x", "{name}", "~", "\u{FFFD}", "\u{10FFFF}",
        "\u{E000}",
    ]

    @Test(arguments: 0..<200)
    func `no content of a text can break it`(_ seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), "texts")
        func text() -> String { (0..<stream.below(6)).map { _ in stream.pick(Self.pieces) }.joined() }
        var ledger = Ledger(scenario: text(), seed: UInt64(seed))
        ledger.own = [Decision(.own("answers refused of nobody, \(text())"), [text()])]
        for number in 0..<3 {
            let own = [Decision(.own("message"), [text(), text()]), Decision(.own("program \(number)"), [text()])]
            let decisions = [
                Decision(.notice(modification: number, .email), [text(), text(), "failed: \(text())"]),
                Decision(.answer(modification: number), ["acknowledged late", "by \(text())"]),
                Decision(.refusals(rule: "never-sent"), ["2"]),
            ]
            let groups = [
                IncidentDecisions.Group(
                    customers: CustomerSet(ascending: [1, 2, 3]),
                    names: [text()],
                    decisions: decisions
                ),
                IncidentDecisions.Group(
                    customers: CustomerSet(ascending: Array(10...40)),
                    decisions: decisions + [decisions[1]]
                ),
            ]
            ledger.incidents.append(IncidentDecisions(name: "\(number)\(text())", own: own, groups: groups))
        }
        let written = ledger.text
        for ending in ["\n", "\r\n"] {
            let read = try Ledger(text: written.replacing("\n", with: ending), path: "e.ledger")
            #expect(read.text.utf8.elementsEqual(written.utf8))
            #expect(read.differences(from: ledger).isEmpty && ledger.differences(from: read).isEmpty)
        }
        #expect(!written.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    }
}
