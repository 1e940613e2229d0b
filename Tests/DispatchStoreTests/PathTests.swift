import Base
import DemandResponse
import DispatchStore
import Foundation
import GRDB
import Journal
import TestSupport
import Testing

@Suite("The path of a database") struct PathTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? StoreError)?.message ?? "\(error)"
        }
    }

    @Test func `that was deleted takes no commit, until the file is back`() throws {
        let database = try ServerDatabase.open(at: scratch.file())
        let entries = [
            Rehearsal().entries[0], JournalEntry(input: .deadlineReached, at: Timestamp(microseconds: 0), effects: []),
        ]
        try database.commit([entries[0]])
        try FileManager.default.moveItem(atPath: scratch.file(), toPath: scratch.file("away"))
        #expect(throws: StoreError(.displaced, path: "", "")) { try database.commit([entries[1]]) }
        #expect(throws: StoreError(.displaced, path: "", "")) { try database.probe() }
        #expect(throws: StoreError(.displaced, path: "", "")) { try database.checkPlace() }

        try FileManager.default.moveItem(atPath: scratch.file("away"), toPath: scratch.file())
        try database.probe()
        try database.commit([entries[1]])
        try database.close()
    }

    @Test func `that another file has taken is served by nobody else meanwhile`() throws {
        let database = try ServerDatabase.open(at: scratch.file())
        try database.commit([Rehearsal().entries[0]])
        try ServerDatabase.backUp(scratch.file(), to: scratch.file("copy"))
        try FileManager.default.removeItem(atPath: scratch.file())
        #expect(
            message { _ = try ServerDatabase.open(at: scratch.file()) }?.hasPrefix("a server that still runs") ?? false
        )
        #expect(!scratch.exists("record.sqlite"), "what was made to look has been removed")

        try FileManager.default.moveItem(atPath: scratch.file("copy"), toPath: scratch.file())
        #expect(throws: StoreError(.displaced, path: "", "")) { try database.probe() }
        #expect(throws: StoreError(.busy, path: "", "")) { try ServerDatabase.open(at: scratch.file()) }
        try database.close()
        try ServerDatabase.open(at: scratch.file()).close()
    }

    @Test func `that is mistyped makes no database`() throws {
        for body in [
            { _ = try ServerDatabase.openBesideServer(at: scratch.file("typo")) },
            { try ServerDatabase.backUp(scratch.file("typo"), to: scratch.file("copy")) },
        ] {
            #expect(message(body)?.hasPrefix("there is no such") ?? false)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }
}
