import Base
import DemandResponse
import DispatchStore
import Journal
import Foundation
import TestSupport
import Testing

@Suite struct BackupTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func aCopyOfADatabaseInUseHoldsWhatWasCommitted() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .zero)
        let server = try DispatchDatabase.openServer(at: scratch.file())
        let journal = DurableJournal(server)
        try journal.commit(rehearsal.entries)
        let copy = scratch.file("copy.sqlite")
        let beside = try DispatchDatabase.openForReading(at: scratch.file())
        try beside.backUp(to: copy)
        try beside.close()
        // What comes later is not in it.
        try journal.commit([
            JournalEntry(input: .purged(all: true, nil), at: Rehearsal.start, effects: [.record(.purged(all: true))])
        ])
        journal.finish()
        try server.close()

        let kept = try DispatchDatabase.openServer(at: copy)
        #expect(try kept.readRoster() == Rehearsal.roster)
        #expect(try kept.readHistory().records.count == 5)
        #expect(!FileManager.default.fileExists(atPath: copy + ".partial"))
    }

    @Test func aFileThatIsThereIsNotReplaced() throws {
        let database = try DispatchDatabase.openServer(at: scratch.file())
        let copy = scratch.file("copy.sqlite")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: copy))
        #expect(throws: StoreError(.alreadyExists, path: copy, "")) { try database.backUp(to: copy) }
        #expect(try String(contentsOfFile: copy, encoding: .utf8) == "precious")
    }
}
