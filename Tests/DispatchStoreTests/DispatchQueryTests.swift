import Base
import DemandResponse
import DispatchStore
import TestSupport
import Testing

@Suite struct DispatchQueryTests {
    private let scratch: Scratch
    private let database: ServerDatabase

    /// Customer 1 has three records of each of two incidents, and has acknowledged the first.
    init() throws {
        scratch = try Scratch()
        database = try ServerDatabase.open(at: scratch.file())
        var rehearsal = Rehearsal()
        rehearsal.handle(.sessionConnected(SessionID(1)), at: .zero)
        rehearsal.open(at: .seconds(1))
        rehearsal.open(Rehearsal.games, at: .seconds(2))
        rehearsal.report(1, .text, .failedForGood(reason: "no such number"), at: .seconds(3))
        rehearsal.acknowledge(1, .email, session: 1, at: .seconds(4))
        try database.commit(rehearsal.entries)
    }

    private func keys(_ rows: [DispatchRow]) -> [String] {
        rows.map { "\($0.dispatch.key.incident) \($0.dispatch.key.method?.name ?? "none")" }
    }

    @Test func aCustomersDispatchesComeOldestFirst() throws {
        let rows = try database.readDispatches(of: 1)
        #expect(keys(rows) == ["1 email", "1 text", "1 websocket", "2 email", "2 text", "2 websocket"])
        let text = try #require(rows.dropFirst().first)
        #expect(text.dispatch.id == text.dispatch.key.id(incident: Rehearsal.peak))
        #expect(text.dispatch.incident == Rehearsal.peak)
        #expect(text.dispatch.customerName == "Keroche Wine")
        #expect(text.delivery.state == .failed)
        #expect(text.delivery.reason == "no such number")
        #expect(text.acknowledgedAt == Rehearsal.start + .seconds(4))
        #expect(text.acknowledgedBy == "operator")
    }

    @Test func acknowledgedAndOpenOnesCanBeAskedForAlone() throws {
        #expect(try keys(database.readDispatches(of: 1, acknowledged: true)) == ["1 email", "1 text", "1 websocket"])
        #expect(try keys(database.readDispatches(of: 1, acknowledged: false)) == ["2 email", "2 text", "2 websocket"])
    }

    @Test func pagesFollowEachOtherWithoutGapOrOverlap() throws {
        var pages: [[String]] = []
        var last: UniqueID?
        for _ in 0..<5 {
            let page = try database.readDispatches(of: 1, after: last, limit: 2)
            guard !page.isEmpty else { break }
            pages.append(keys(page))
            last = page.last?.dispatch.id
        }
        #expect(pages == [["1 email", "1 text"], ["1 websocket", "2 email"], ["2 text", "2 websocket"]])
    }

    @Test func aPageAfterAnUnknownDispatchIsTheFirst() throws {
        #expect(try keys(database.readDispatches(of: 1, after: Rehearsal.peak, limit: 1)) == ["1 email"])
    }

    @Test func aCustomerWithoutAnyMethodHasTheRecordThatSaysSo() throws {
        let rows = try database.readDispatches(of: 3)
        #expect(keys(rows) == ["1 none", "2 none"])
        #expect(rows.first?.delivery.state == .unreachable)
        #expect(try database.readDispatches(of: 3, after: rows.first?.dispatch.id).count == 1)
    }

    @Test func anUnknownCustomerHasNone() throws {
        #expect(try database.readDispatches(of: 99).isEmpty)
    }

    @Test func theRosterIsReadByItsParts() throws {
        #expect(try database.readProgram(2) == Rehearsal.roster.programs[1])
        #expect(try database.readProgram(99) == nil)
        #expect(try database.readCustomer(4) == Rehearsal.roster.customers[3])
        #expect(try database.readCustomer(99) == nil)
        #expect(try database.readCustomers(of: 1).map(\.id) == [1, 2, 3])
    }
}
