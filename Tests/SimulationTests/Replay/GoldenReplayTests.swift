import Analysis
import DemandResponse
import DispatchStore
import Journal
import Simulation
import TestSupport
import Testing

/// Journals of every format, as older versions wrote them.
@Suite struct GoldenReplayTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func replay(_ name: String, changing sql: String = "") throws -> ReplayFinding {
        let database = try RunRecord.openUnproven(at: try Golden.make(name, in: scratch, changing: sql))
        var replay = try Replay(database, mode: .strict)
        return try replay.run()
    }

    @Test(arguments: Golden.names)
    func `a journal of every format replays without a difference`(_ name: String) throws {
        let finding = try replay(name)
        #expect(finding.isEqual, "\(String(describing: finding.first))")
        #expect(finding.inputs > 10)
        #expect(finding.formats == (name.hasSuffix("1") ? 1...1 : 2...2))
    }

    /// Rows of format 1 have no digest: what is wrong in them shows in what the rules say of it.
    @Test(arguments: [
        "UPDATE journal SET state = 'failed' WHERE sequence = (SELECT max(sequence) FROM journal WHERE state = 'sent')",
        "UPDATE journal SET digest = digest + 1 WHERE kind = 'send' AND customer = 1 AND incident = 2",
        "UPDATE journal SET modification = 1 WHERE kind = 'acknowledgement.recorded' AND incident = 2",
        "UPDATE journal SET customer = 4 WHERE kind = 'dispatch.recorded' AND method = 'text' AND incident = 1",
        "UPDATE journal SET detail = replace(detail, 'delivered', 'sent') WHERE kind = 'deliveries.reported'",
    ])
    func `what is wrong in a golden journal is found`(_ sql: String) throws {
        let finding = try replay("run-format-1", changing: sql)
        #expect(!finding.isEqual)
        #expect(finding.first != nil)
        #expect(finding.differingInputs > 0)
    }

    @Test(arguments: [
        "UPDATE journal SET detail = detail || ' ' WHERE kind = 'send' AND customer = 1",
        "UPDATE journal SET at = at + 1 WHERE sequence = 100",
        "UPDATE journal SET customer = 2 WHERE customer = 1",
        "DELETE FROM journal WHERE sequence = 50",
        "DELETE FROM journal WHERE sequence > 50",
        "UPDATE journal SET kind = 'emit.dispatchs' WHERE kind = 'emit.dispatch'",
        "UPDATE journal SET cause = 2 WHERE sequence = 60",
        "UPDATE journal_formats SET digest = digest + 1",
        "UPDATE journal_formats SET first_sequence = 2",
        "UPDATE journal_formats SET last_sequence = last_sequence + 1",
        "UPDATE journal_formats SET last_sequence = last_sequence - 1",
    ])
    func `a journal with a digest that is not what was written is damaged, never different`(_ sql: String) throws {
        let error = #expect(throws: StoreError.self) { try replay("run-format-2", changing: sql) }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains("restore a copy") == true)
    }

    @Test func `a journal of a newer format is refused with the cure`() throws {
        let error = #expect(throws: StoreError.self) {
            try replay("run-format-2", changing: "UPDATE journal_formats SET format = 3")
        }
        #expect(error?.code == .newerSchema)
        #expect(error?.message.contains("format 3") == true)
    }

    @Test func `a file without a journal of its own is not replayed`() throws {
        let cases = [
            ("UPDATE run SET target = 'http://127.0.0.1:3000'", "against http://127.0.0.1:3000"),
            ("UPDATE run SET verdict = NULL", "broken off"),
            ("DELETE FROM journal; DELETE FROM journal_formats", "nothing to replay"),
        ]
        for (sql, told) in cases {
            let error = #expect(throws: ReplayRefusal.self) { try replay("run-format-2", changing: sql) }
            #expect(error?.description.contains(told) == true)
        }
    }
}
