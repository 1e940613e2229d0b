import DemandResponse
import DispatchStore
import Journal
import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct OpeningTests {
    /// The ways to open a file.
    private enum Door {
        case reading, server, record

        func open(_ path: String) throws {
            switch self {
            case .reading: _ = try RunRecord.openUnproven(at: path)
            case .server: _ = try ServerDatabase.open(at: path)
            case .record: _ = try RunRecord.create(at: path)
            }
        }
    }

    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func aServersDatabaseIsMadeOnceAndOpenedAgainWithWhatItHeld() throws {
        let database = try ServerDatabase.open(at: scratch.file())
        try database.commit(Rehearsal().entries)
        try database.close()

        let again = try ServerDatabase.open(at: scratch.file())
        #expect(try again.readRoster() == Rehearsal.roster)
        #expect(try again.readPrograms() == Rehearsal.roster.programs)
        #expect(try RunRecord.openUnproven(at: scratch.file()).readRun() == nil)
    }

    @Test func everyCommitOfAServersDatabaseReachesTheDisk() throws {
        let database = try ServerDatabase.open(at: scratch.file())
        #expect(try database.rows("PRAGMA journal_mode") == ["wal"])
        let synchronous = try database.onWriter("PRAGMA synchronous")
        #expect(synchronous == 2, "FULL")
    }

    @Test(arguments: [true, false])
    func whatIsClosedIsOneFile(isRecord: Bool) throws {
        let path = scratch.file()
        let database =
            isRecord
            ? ServerDatabase(serving: try RunRecord.create(at: path, isServed: true))
            : try ServerDatabase.open(at: path)
        try database.commit(Rehearsal().entries)
        // Readers of their own connections, as REST has them.
        #expect(try database.readRoster() == Rehearsal.roster)
        try database.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["record.sqlite"])
    }

    @Test func readingALiveRunsRecordLeavesNothingBesideIt() throws {
        try RunRecord.create(at: scratch.file(), isServed: true).close()
        let database = try RunRecord.openUnproven(at: scratch.file())
        #expect(try database.readRoster() == Roster())
        try database.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["record.sqlite"])
    }

    @Test func aRecordTakesThePlaceOfAnOlderOne() throws {
        let first = try RunRecord.create(at: scratch.file())
        try RecordWriter(first).finishing { $0.commit([Rehearsal().entries[0]]) }
        try first.close()

        let second = try RunRecord.create(at: scratch.file())
        #expect(try second.number("SELECT count(*) FROM journal") == 0)
    }

    @Test func aRecordTakesItsFinalNameWhenItIsWhole() throws {
        for name in ["record.sqlite", "record.sqlite-journal", "record.sqlite-wal", "record.sqlite-shm"] {
            _ = try scratch.write("of an older run", to: name)
        }
        let record = try RunRecord.create(at: scratch.file("partial"))
        try RecordWriter(record).finishing { $0.commit([Rehearsal().entries[0]]) }
        try record.close(as: scratch.file("record.sqlite"))

        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["record.sqlite"])
        let again = try RunRecord.openUnproven(at: scratch.file("record.sqlite"))
        let entries = try #require(try again.number("SELECT count(*) FROM journal"))
        #expect(entries > 0)
    }

    @Test func aFinishedRecordOpensOnlyWhileEveryByteIsAsItWasWritten() throws {
        let record = try RunRecord.create(at: scratch.file("partial"))
        try RecordWriter(record).finishing { $0.commit(Rehearsal().entries) }
        try record.close(as: scratch.file())
        try RunRecord.open(at: scratch.file()).close()

        let written = try Data(contentsOf: URL(fileURLWithPath: scratch.file()))
        for position in stride(from: 0, to: written.count, by: written.count / 200) {
            var changed = written
            changed[position] ^= 0x10
            let path = try scratch.write(changed, to: "changed.sqlite")
            #expect(throws: StoreError.self, "byte \(position)") { try RunRecord.open(at: path) }
        }
    }

    @Test func aRecordThatIsServedDoesNotStaySealed() throws {
        let record = try RunRecord.create(at: scratch.file("partial"))
        try RecordWriter(record).finishing { $0.commit([Rehearsal().entries[0]]) }
        try record.close(as: scratch.file())
        let server = try ServerDatabase.open(at: scratch.file())
        // Also while that stands in the server's log alone.
        try RunRecord.open(at: scratch.file()).close()
        try server.commit(Array(Rehearsal().entries.dropFirst()))
        try server.close()
        try RunRecord.open(at: scratch.file()).close()
    }

    @Test func aFileThatIsServedOrWrittenIsRefusedToASecondWriter() throws {
        for first in [Door.server, .record] {
            let close =
                first == .server
                ? try ServerDatabase.open(at: scratch.file()).close
                : try RunRecord.create(at: scratch.file()).close
            for second in [Door.server, .record] {
                let error = #expect(throws: StoreError.self) { try second.open(scratch.file()) }
                #expect(error?.code == .busy)
                #expect(error?.message == "another process is using this database")
            }
            try close()
            try first.open(scratch.file())
        }
    }

    @Test func aFolderInTheRecordsPlaceIsLeftAlone() throws {
        let kept = try scratch.write("dear", to: "kept.txt")
        let error = #expect(throws: StoreError.self) { try RunRecord.create(at: scratch.path) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message == "this is a folder, not a database")
        #expect(FileManager.default.fileExists(atPath: kept))
    }

    @Test func aFolderIsNoDatabase() throws {
        for door in [Door.reading, .server] {
            let error = #expect(throws: StoreError.self) { try door.open(scratch.path) }
            #expect(error?.code == .cannotOpen)
            #expect(error?.message == "this is a folder, not a database")
            #expect(error?.path == scratch.path)
        }
    }

    @Test func aFileThatIsNotThereCannotBeRead() throws {
        let error = #expect(throws: StoreError.self) { try RunRecord.openUnproven(at: scratch.file()) }
        #expect(error?.code == .cannotOpen)
        #expect(error.map { "\($0)" } == "\(scratch.file()): there is no such file")
    }

    @Test func aTextFileIsNoDatabase() throws {
        let path = try scratch.write(String(repeating: "name: Evening peak\n", count: 100), to: "scenario.yaml")
        for door in [Door.reading, .server] {
            let error = #expect(throws: StoreError.self) { try door.open(path) }
            #expect(error?.code == .notADatabase)
            #expect(error?.message == "this file is not a SQLite database; name another file")
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("name: Evening peak"))
    }

    @Test func anotherProgramsDatabaseIsLeftAlone() throws {
        let queue = try DatabaseQueue(path: scratch.file())
        try queue.write { try $0.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
        try queue.close()
        for door in [Door.reading, .server] {
            let error = #expect(throws: StoreError.self) { try door.open(scratch.file()) }
            #expect(error?.code == .otherApplication)
            #expect(error?.message == "this database is another program's; name another file")
        }
        let tables = try DatabaseQueue(path: scratch.file()).read {
            try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
        }
        #expect(tables == ["bookmarks"])
    }

    @Test func aNewerVersionsDatabaseIsRefused() throws {
        let database = try ServerDatabase.open(at: scratch.file())
        try database.execute("INSERT INTO grdb_migrations VALUES ('99')")
        try database.close()
        for door in [Door.reading, .server] {
            let error = #expect(throws: StoreError.self) { try door.open(scratch.file()) }
            #expect(error?.code == .newerSchema)
            #expect(error?.message == "this database was written by a newer GridDrill; use that version or a newer one")
        }
    }

    @Test func aPathThroughAFileCannotBeOpened() throws {
        let path = try scratch.write("", to: "file") + "/record.sqlite"
        for door in [Door.record, .server] {
            let error = #expect(throws: StoreError.self) { try door.open(path) }
            #expect(error?.code == .cannotOpen)
            #expect(error?.message == "cannot be opened for writing; check that its folder exists and is writable")
        }
    }

    @Test func aRecordThatIsBeingWrittenIsBusy() throws {
        let database = try RunRecord.create(at: scratch.file())
        try RecordWriter(database).finishing { $0.commit([Rehearsal().entries[0]]) }
        let error = #expect(throws: StoreError.self) { try RunRecord.openUnproven(at: scratch.file()) }
        #expect(error?.code == .busy)
        #expect(error?.message == "another process is using this database")
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func aFolderThatMayNotBeWrittenHoldsNoNewDatabase() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scratch.path) }
        let error = #expect(throws: StoreError.self) { try ServerDatabase.open(at: scratch.file()) }
        #expect(error?.code == .cannotOpen)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func aFileThatMayNotBeReadIsNotOpened() throws {
        try ServerDatabase.open(at: scratch.file()).close()
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: scratch.file())
        let error = #expect(throws: StoreError.self) { try RunRecord.openUnproven(at: scratch.file()) }
        #expect(error?.code == .cannotOpen)
    }
}
