import DispatchStore
import Reports
import TestSupport
import Testing

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
        #expect(ledger.text.split(separator: "\n").count < 120)
        #expect(ledger.text.split(separator: "\n").allSatisfy { $0.count <= 250 })
        #expect(ledger.text.contains("  the other "))
        #expect(try Ledger(text: ledger.text, path: "evening.ledger") == ledger)
    }

    @Test(arguments: [
        ("GridDrill decision ledger, version 1", "something else", 1, "this is not a decision ledger"),
        ("version 1", "version 2", 1, "version 2 is not one that this build reads, which is 1"),
        ("seed: 11", "seed: eleven", 3, "a seed is a number"),
        ("    websocket: message 1", "    webbsocket: message 1", 11, "'webbsocket' is no method"),
        ("taken", "took", 11, "'took' is not a word of decisions"),
        ("4 customers:", "5 customers:", 8, "these are 4 customers, not 5"),
        ("declined in time", "declined in space", 20, "is not a word of decisions"),
        (
            "message 1, sent at once", "message 9, sent at once", 11,
            "a notice begins with one of the incident's messages"
        ),
        ("seed: 11", "seed: 12", 0, "the digest is not that of the lines above"),
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
        if line > 0 { #expect(error.line > 0 && error.description.hasPrefix("e.ledger:\(error.line): ")) }
        #expect(
            String(damaged.split(separator: "\n", omittingEmptySubsequences: false)[error.line - 1]).contains(other)
                || line == 0,
            "\(error)"
        )
    }

    @Test func `one that was cut anywhere is not read`() async throws {
        let lines = try await RehearsedEvening.ledger().text.split(separator: "\n", omittingEmptySubsequences: false)
        for count in 0..<lines.count - 1 {
            let cut = lines.prefix(count).joined(separator: "\n")
            #expect(throws: LedgerError.self) { try Ledger(text: cut, path: "e.ledger") }
        }
    }
}
