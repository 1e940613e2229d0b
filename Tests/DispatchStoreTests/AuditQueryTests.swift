import Base
import DemandResponse
import DispatchStore
import Journal
import TestSupport
import Testing

@Suite struct AuditQueryTests {
    private let scratch: Scratch
    private let database: ServerDatabase

    init() throws {
        scratch = try Scratch()
        database = try ServerDatabase.open(at: scratch.file())
        var rehearsal = Rehearsal()
        rehearsal.handle(.sessionConnected(SessionID(9)), at: .zero)
        rehearsal.open(at: .seconds(1))
        rehearsal.acknowledge(2, .websocket, session: 9, at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        try database.commit(rehearsal.entries)
    }

    private func kinds(_ narrow: (inout AuditSearch) -> Void, limit: Int = 1_000) throws -> [String] {
        var search = AuditSearch()
        narrow(&search)
        return try database.readAudit(search, limit: limit).rows.map(\.row.kind.name)
    }

    @Test func theNewestComesFirstAndPagesJoin() throws {
        let all = try database.readAudit(AuditSearch(), limit: 1_000).rows.map(\.sequence)
        #expect(all == Array((1...all.count).reversed()))
        var joined: [Int] = []
        var last: Int?
        repeat {
            let page = try database.readAudit(AuditSearch(), after: last, limit: 7)
            joined += page.rows.map(\.sequence)
            last = page.hasMore ? page.rows.last?.sequence : nil
        } while last != nil && joined.count < 1_000
        #expect(joined == all)
    }

    @Test func entriesAreFoundByKindCustomerAndIncident() throws {
        #expect(
            try kinds { $0.kinds = ["incident.requested", "acknowledged"] } == [
                "incident.requested", "acknowledged", "incident.requested",
            ]
        )
        #expect(
            try kinds {
                $0.customer = 2; $0.kinds = ["acknowledgement.recorded"]
            } == ["acknowledgement.recorded"]
        )
        #expect(
            try kinds {
                $0.incident = Rehearsal.games; $0.kinds = ["dispatch.recorded"]
            }.count == 2
        )
        #expect(try kinds { $0.incident = UniqueID(high: 1, low: 1) } == [])
    }

    @Test func whatCameSinceAnEntryIsAskedForByItsSequence() throws {
        let newest = try #require(try database.readAudit(AuditSearch(), limit: 3).rows.last)
        #expect(try kinds { $0.since = newest.sequence }.count == 2)
    }

    @Test func effectsHaveTheCorrelationOfTheirRequest() throws {
        var search = AuditSearch()
        search.correlation = UniqueID(name: "correlation", in: Rehearsal.games)
        let rows = try database.readAudit(search, limit: 1_000).rows
        #expect(rows.last?.row.kind == .incidentRequested)
        #expect(rows.count { $0.row.kind == .dispatchRecorded } == 2)
        #expect(rows.allSatisfy { $0.row.correlation == search.correlation })
    }

    @Test func entriesNameTheCustomerAndTheIncident() throws {
        var search = AuditSearch()
        search.kinds = ["acknowledgement.recorded"]
        let entry = try #require(try database.readAudit(search, limit: 1).rows.first)
        #expect(entry.customerName == "Tyson Food")
        #expect(entry.incident == Rehearsal.peak.description)
    }

    @Test func aRosterIsCutShort() throws {
        var rehearsal = Rehearsal()
        let names = String(repeating: "a long name ", count: 1_000)
        rehearsal.handle(.rosterReplaced(Roster(programs: [Program(id: 1, name: names)]), nil), at: .minutes(1))
        try database.commit(Array(rehearsal.entries.suffix(1)))
        var search = AuditSearch()
        search.kinds = ["roster.replaced"]
        let entry = try #require(try database.readAudit(search, limit: 1).rows.first)
        #expect(entry.row.detail?.count == AuditSearch.longestDetail)
    }
}
