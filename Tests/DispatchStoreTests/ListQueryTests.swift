import Base
import DemandResponse
import DispatchStore
import TestSupport
import Testing
import Measures

@Suite struct ListQueryTests {
    private let scratch: Scratch
    private let database: ServerDatabase
    private static let later = UniqueID(high: 0x3333_3333_3333_5333, low: 0x8333_3333_3333_3333)

    /// Incident 1 of program 1, cancelled; 2 of program 2 and 3 of program 1, both from one hour after the start to two.
    init() throws {
        scratch = try Scratch()
        database = try ServerDatabase.open(at: scratch.file())
        var rehearsal = Rehearsal()
        rehearsal.handle(.sessionConnected(SessionID(9)), at: .zero)
        rehearsal.open(at: .seconds(1))
        rehearsal.report(1, .text, .failedForGood(reason: "no such number"), at: .seconds(2))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .seconds(3))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(4))
        rehearsal.open(Self.later, at: .seconds(5))
        rehearsal.acknowledge(4, .email, incident: 2, of: Rehearsal.games, session: 9, at: .seconds(6))
        try database.commit(rehearsal.entries)
    }

    /// The numbers of the incidents, all pages of two, one after the other.
    private func incidents(
        program: Program.ID? = nil,
        _ statuses: Set<EventStatus> = [],
        at span: Span = .minutes(10)
    ) throws -> [[Incident.Number]] {
        var pages: [[Incident.Number]] = []
        var last: UniqueID?
        repeat {
            let page = try database.readIncidents(
                program: program,
                statuses: statuses,
                at: Rehearsal.start + span,
                after: last,
                limit: 2
            )
            pages.append(page.rows.map(\.number))
            last = page.hasMore ? page.rows.last?.id : nil
        } while last != nil && pages.count < 9
        return pages
    }

    @Test func incidentsComeNewestFirstInPages() throws {
        #expect(try incidents() == [[3, 2], [1]])
        #expect(try incidents(program: 1) == [[3, 1]])
    }

    @Test func incidentsAreFoundByTheStatusThatTheyHaveAtThatInstant() throws {
        #expect(try incidents([.cancelled]) == [[1]])
        #expect(try incidents([.far], at: .minutes(29)) == [[3, 2]])
        #expect(try incidents([.near], at: .minutes(31)) == [[3, 2]])
        #expect(try incidents([.active, .near], at: .minutes(61)) == [[3, 2]])
        #expect(try incidents([.completed], at: .hours(3)) == [[3, 2]])
        #expect(try incidents([.far], at: .hours(3)) == [[]])
    }

    private func places(_ search: DispatchSearch, limit: Int = 100) throws -> [[String]] {
        var pages: [[String]] = []
        var last: DispatchSearch.Place?
        repeat {
            let page = try database.readDispatches(search, after: last, limit: limit)
            pages.append(page.rows.map { DispatchSearch.Place($0).description })
            last = page.hasMore ? page.rows.last.map(DispatchSearch.Place.init) : nil
        } while last != nil && pages.count < 9
        return pages
    }

    @Test func dispatchesOfTheNewestIncidentComeFirstAndPagesJoin() throws {
        let all = [
            "3.1.0", "3.1.1", "3.1.2", "3.2.0", "3.3.0", "2.4.0", "2.4.1", "1.1.0", "1.1.1", "1.1.2", "1.2.0", "1.3.0",
        ]
        #expect(try places(DispatchSearch()) == [all])
        #expect(try places(DispatchSearch(), limit: 5).flatMap { $0 } == all)
    }

    @Test func dispatchesAreFoundByWhatNarrowsTheSearch() throws {
        func find(_ narrow: (inout DispatchSearch) -> Void) throws -> [String] {
            var search = DispatchSearch()
            narrow(&search)
            return try places(search).flatMap { $0 }
        }
        #expect(try find { $0.customer = 2 } == ["3.2.0", "1.2.0"])
        #expect(try find { $0.program = 2 } == ["2.4.0", "2.4.1"])
        #expect(
            try find {
                $0.incident = Self.later; $0.customer = 3
            } == ["3.3.0"]
        )
        #expect(try find { $0.states = [.failed] } == ["1.1.1"])
        #expect(try find { $0.states = [.unreachable, .failed] } == ["3.3.0", "1.1.1", "1.3.0"])
        #expect(try find { $0.acknowledged = true } == ["2.4.0", "2.4.1"])
        #expect(
            try find {
                $0.acknowledged = false; $0.program = 2
            } == []
        )
    }

    @Test(arguments: ["", "1", "1.2", "1.2.x", "1.2.3.4", "1..3"])
    func aPlaceThatIsNoneIsRefused(text: String) {
        #expect(DispatchSearch.Place(text)?.description == nil)
    }

    @Test func aCustomerOfAnIncidentHasItsRecordsInItsOrderOfMethods() throws {
        let page = try #require(try database.readParticipations(in: Rehearsal.games, limit: 10))
        let customer = try #require(page.rows.first)
        #expect(page.rows.count == 1)
        #expect(customer.standing == .acknowledged)
        #expect(customer.records.map(\.method) == [.websocket, .email])
        #expect(customer.acknowledgedBy == "operator")
    }

    @Test func customersOfAnIncidentAreFoundByStateInPages() throws {
        let first = try #require(try database.readParticipations(in: Self.later, limit: 2))
        #expect(first.rows.map(\.customer) == [1, 2])
        #expect(first.hasMore)
        let second = try #require(try database.readParticipations(in: Self.later, after: 2, limit: 2))
        #expect(second.rows.map(\.customer) == [3])
        #expect(!second.hasMore)
        let unreachable = try #require(
            try database.readParticipations(in: Self.later, standings: [.unreachable], limit: 2)
        )
        #expect(unreachable.rows.map(\.customer) == [3])
        #expect(try database.readParticipations(in: UniqueID(high: 1, low: 1), limit: 2)?.rows.count == nil)
    }

    @Test func programsHaveTheirNumberOfCustomers() throws {
        let page = try database.readPrograms(limit: 1)
        #expect(page.rows.map(\.program.id) == [1])
        #expect(page.rows.map(\.customerCount) == [3])
        #expect(page.hasMore)
        #expect(try database.readPrograms(after: 1, limit: 1).rows.map(\.customerCount) == [1])
    }

    @Test func customersComeByProgramAndInPages() throws {
        #expect(try database.readCustomers(limit: 2).rows.map(\.id) == [1, 2])
        #expect(try database.readCustomers(after: 2, limit: 2).rows.map(\.id) == [3, 4])
        #expect(try database.readCustomers(program: 2, limit: 2).rows.map(\.id) == [4])
    }
}
