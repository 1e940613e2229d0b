import Base
import DemandResponse
import DispatchStore
import Journal
import TestSupport
import Testing

@Suite struct JournalFactTests {
    /// One of each kind that a fact tells of.
    private var entries: [JournalEntry] {
        var rehearsal = Rehearsal()
        rehearsal.handle(.started, at: .zero)
        rehearsal.join(1, 1, at: .zero)
        rehearsal.open(at: .seconds(10))
        rehearsal.report(1, .text, .failedForGood(reason: "no such number"), at: .seconds(14))
        rehearsal.join(2, 2, at: .seconds(20))
        rehearsal.join(3, 1, at: .seconds(30))
        rehearsal.acknowledge(1, .websocket, session: 1, at: .seconds(40))
        rehearsal.acknowledge(1, .email, session: 2, at: .seconds(41))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .seconds(50))
        rehearsal.open(Rehearsal.games, at: .seconds(55))
        rehearsal.handle(.incidentRecalled(Rehearsal.games, nil), at: .seconds(56))
        rehearsal.handle(.sessionClosed(SessionID(2)), at: .seconds(60))
        rehearsal.handle(.purged(all: false, nil), at: .seconds(70))
        return rehearsal.entries
    }

    @Test func `an entry that is being written tells the same as its rows in a file`() throws {
        let scratch = try Scratch()
        let database = try ServerDatabase.open(at: scratch.file())
        try database.commit(entries)
        var stored: [String] = []
        try RunRecord.openUnproven(at: scratch.file()).forEachFact { stored.append("\($0)") }

        var written: [String] = []
        var encoder = JournalEncoder(.fact)
        var sequence = 0
        for entry in entries {
            try encoder.forEachRow(of: entry, after: &sequence) { row, sequence in
                written.append("\(try JournalFact(row, sequence: sequence))")
            }
        }
        #expect(written == stored)
        for word in ["input", "incident", "dispatch", "delivery", "acknowledgement", "purge", "send", "resync"] {
            #expect(stored.contains { $0.contains("Content.\(word)(") || $0.contains("Content.\(word))") }, "\(word)")
        }
        for word in ["no such number", "Kind.cancellation", "Kind.recall", "Kind.allClear"] {
            #expect(stored.contains { $0.contains(word) }, "\(word)")
        }
    }

    @Test func `a row without what it should name is damage, and not a fact about nobody`() throws {
        let row = JournalRow(at: Rehearsal.start, .roomEntered, cause: 1, session: SessionID(1))
        let damage = try #require(throws: JournalDamage.self) { try JournalFact(row, sequence: 2) }
        #expect(damage.what == "is a room.entered without its customer")
    }
}
