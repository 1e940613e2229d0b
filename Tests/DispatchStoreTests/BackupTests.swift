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
        let server = try ServerDatabase.open(at: scratch.file())
        try server.commit(rehearsal.entries)
        let copy = scratch.file("copy.sqlite")
        try ServerDatabase.backUp(scratch.file(), to: copy)
        // What comes later is not in it.
        try server.commit([
            JournalEntry(input: .purged(all: true, nil), at: Rehearsal.start, effects: [.record(.purged(all: true))])
        ])
        try server.close()

        let kept = try RunRecord.open(at: copy)
        #expect(try kept.readRoster() == Rehearsal.roster)
        #expect(try kept.readHistory().records.count == 5)
        #expect(!FileManager.default.fileExists(atPath: copy + ".partial"))
    }

    @Test func aFileThatIsThereIsNotReplaced() throws {
        let database = try ServerDatabase.open(at: scratch.file())
        defer { try? database.close() }
        let copy = scratch.file("copy.sqlite")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: copy))
        #expect(throws: StoreError(.alreadyExists, path: copy, "")) {
            try ServerDatabase.backUp(scratch.file(), to: copy)
        }
        #expect(try String(contentsOfFile: copy, encoding: .utf8) == "precious")
    }
}
