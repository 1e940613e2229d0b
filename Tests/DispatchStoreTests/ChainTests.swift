import Base
import DemandResponse
import DispatchStore
import GRDB
import Journal
import TestSupport
import Testing

/// Whether a change of the audit log is found, and where.
@Suite struct ChainTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private var entries: [JournalEntry] {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(1))
        rehearsal.acknowledge(2, .websocket, session: 9, at: .seconds(2))
        return rehearsal.entries.enumerated().map { number, entry in
            var entry = entry
            entry.actor = "anonymous at 192.0.2.\(number)"
            return entry
        }
    }

    /// In several commits, and by two processes one after the other.
    private func write() throws -> Int {
        for part in [entries.prefix(1), entries.dropFirst()] {
            let database = try ServerDatabase.open(at: scratch.file())
            for entry in part { try database.commit([entry]) }
            try database.close()
        }
        let last = try run("SELECT max(sequence) FROM journal")
        return try #require(last)
    }

    @discardableResult
    private func run(_ sql: String) throws -> Int? {
        let queue = try DatabaseQueue(path: scratch.file())
        let value = try queue.write { database in
            let statement = try database.makeStatement(sql: sql)
            return try Int.fetchOne(statement)
        }
        try queue.close()
        return value
    }

    @Test func `what servers have written is whole, whoever wrote how much of it`() throws {
        let last = try write()
        #expect(last > 10)
        guard case .whole(1, last, let value) = try ServerDatabase.verifyAudit(scratch.file()) else {
            Issue.record("not whole"); return
        }
        #expect(value.count == 32)
    }

    @Test(arguments: [
        "UPDATE journal SET detail = 'x' WHERE sequence = 5", "UPDATE journal SET at = at + 1 WHERE sequence = 5",
        "UPDATE journal SET actor = 'anonymous at 192.0.2.99' WHERE sequence = 5",
        "UPDATE journal SET customer = 77 WHERE sequence = 5", "UPDATE journal SET kind = 'refused' WHERE sequence = 5",
        "UPDATE journal SET kind = 'nothing' WHERE sequence = 5", "UPDATE journal SET chain = NULL WHERE sequence = 5",
        "UPDATE journal SET chain = zeroblob(32) WHERE sequence = 5", "DELETE FROM journal WHERE sequence = 5",
        "UPDATE journal SET attempt = 3 WHERE sequence = 5", "DELETE FROM journal WHERE sequence >= 5",
    ])
    func `the first row is named that is not what was written`(sql: String) throws {
        _ = try write()
        try run(sql)
        guard case .broken(5, let what) = try ServerDatabase.verifyAudit(scratch.file()) else {
            Issue.record("\(sql): \(try ServerDatabase.verifyAudit(scratch.file()))"); return
        }
        #expect(!what.isEmpty)
    }

    @Test func `a row that is taken out and made good by renumbering is found`() throws {
        _ = try write()
        try run("DELETE FROM journal WHERE sequence = 5")
        try run("UPDATE journal SET sequence = -(sequence - 1) WHERE sequence > 5")
        try run("UPDATE journal SET sequence = -sequence WHERE sequence < 0")
        guard case .broken(5, _) = try ServerDatabase.verifyAudit(scratch.file()) else {
            Issue.record("not found"); return
        }
    }

    @Test
    func `an older database is chained from where this version goes on, and what is older is proven by its digest`()
        throws
    {
        let last = try write()
        // As an older version left it.
        try run("UPDATE journal SET chain = NULL")
        try run("DELETE FROM journal_chain")
        #expect(try ServerDatabase.verifyAudit(scratch.file()) == .none)
        let database = try ServerDatabase.open(at: scratch.file())
        try database.commit([JournalEntry(input: .started, at: Rehearsal.start + .minutes(9), effects: [])])
        try database.close()
        guard case .whole(last + 1, last + 1, _) = try ServerDatabase.verifyAudit(scratch.file()) else {
            Issue.record("not whole"); return
        }
        try run("UPDATE journal SET at = at + 1 WHERE sequence = 2")
        guard case .broken(1, _) = try ServerDatabase.verifyAudit(scratch.file()) else {
            Issue.record("not found"); return
        }
    }

    @Test func `a token that another process makes has its row, and the server goes on behind it`() throws {
        let server = try ServerDatabase.open(at: scratch.file())
        #expect(try server.isNew())
        try server.commit([entries[0]])
        let token = AccessToken(
            id: "0123456789abcdef",
            name: "desk",
            role: .operator,
            secretHash: [1],
            createdAt: Rehearsal.start
        )
        for step in 0..<3 {
            let beside = try ServerDatabase.openBesideServer(at: scratch.file())
            switch step {
            case 0: try beside.add(token, by: "command by ada")
            case 1:
                #expect(try beside.revokeAccessToken(token.id, at: Rehearsal.start + .minutes(1), by: "command by bob"))
            default:
                #expect(try beside.revokeAccessToken(token.id, at: Rehearsal.start + .minutes(2), by: "command by bob"))
            }
            try beside.close()
            try server.commit([JournalEntry(input: .deadlineReached, at: Rehearsal.start + .minutes(3), effects: [])])
        }
        var search = AuditSearch()
        search.kinds = ["token.created", "token.revoked"]
        let rows = try server.readAudit(search, limit: 10).rows
        #expect(rows.map(\.row.actor) == ["command by bob", "command by ada"])
        #expect(rows.allSatisfy { $0.row.detail?.contains("\"name\":\"desk\"") ?? false })
        try server.close()
        guard case .whole = try ServerDatabase.verifyAudit(scratch.file()) else { Issue.record("not whole"); return }
    }

    @Test func `a database with nothing but tokens is new`() throws {
        let database = try ServerDatabase.open(at: scratch.file())
        try database.add(
            AccessToken(id: "0123456789abcdef", name: "", role: .viewer, secretHash: [1], createdAt: Rehearsal.start)
        )
        #expect(try database.isNew())
        try database.commit([entries[0]])
        #expect(try !database.isNew())
    }
}
