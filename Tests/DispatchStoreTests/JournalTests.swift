import Base
import DemandResponse
import DispatchStore
import Journal
import TestSupport
import Testing

@Suite struct JournalTests {
    private let scratch: Scratch
    private let database: ServerDatabase

    init() throws {
        scratch = try Scratch()
        database = try ServerDatabase.open(at: scratch.file())
    }

    @Test func everyInputIsARowAndItsEffectsFollowIt() throws {
        var rehearsal = Rehearsal()
        rehearsal.join(7, 2, at: .seconds(1))
        rehearsal.open(at: .seconds(2))
        rehearsal.acknowledge(2, .websocket, session: 7, at: .seconds(3))
        try database.commit(rehearsal.entries)

        let kinds = try database.rows(
            "SELECT cause, kind, customer, method, modification, state FROM journal ORDER BY sequence"
        )
        #expect(
            kinds == [
                "NULL roster.replaced NULL NULL NULL NULL",
                "1 roster.recorded NULL NULL NULL NULL",
                "NULL session.connected NULL NULL NULL NULL",
                "3 room.observers NULL NULL NULL NULL",
                "NULL session.joined 2 NULL NULL NULL",
                "5 room.entered 2 NULL NULL NULL",
                "NULL incident.requested NULL NULL NULL NULL",
                "7 incident.recorded NULL NULL 0 open",
                "7 dispatch.recorded 1 email 0 sending",
                "7 send 1 email 0 dispatch",
                "7 dispatch.recorded 1 text 0 sending",
                "7 send 1 text 0 dispatch",
                "7 dispatch.recorded 1 websocket 0 pending",
                "7 dispatch.recorded 2 websocket 0 sending",
                "7 emit.dispatch 2 websocket 0 customer",
                "7 dispatch.recorded 3  0 unreachable",
                "NULL acknowledged NULL NULL NULL NULL",
                "17 acknowledgement.recorded 2 NULL 0 in time",
                "17 emit.acknowledgement 2 NULL 0 customer",
            ]
        )
    }

    @Test func dispatchesStandInTheirTableAsTheyWereRecorded() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.report(1, .email, .delivered, at: .seconds(5))
        rehearsal.report(1, .text, .failedForGood(reason: "no such number"), at: .seconds(6))
        try database.commit(rehearsal.entries)

        let rows = try database.rows(
            "SELECT customer, method, state, attempts, sent_at - created_at, delivered_at - created_at, failure FROM dispatches"
        )
        #expect(
            rows == [
                "1 email delivered 1 3000000 3000000 NULL",
                "1 text failed 1 NULL NULL no such number",
                "1 websocket pending 0 NULL NULL NULL",
                "2 websocket pending 0 NULL NULL NULL",
                "3  unreachable 0 NULL NULL NULL",
            ]
        )
        #expect(
            try database.rows("SELECT more_info FROM dispatches WHERE customer = 3")
                == ["NO WAY TO SEND DISPATCH TO CUSTOMER Nobody's"]
        )
    }

    @Test func theFirstAcknowledgementCountsForAllOfACustomersRecords() throws {
        var rehearsal = Rehearsal()
        rehearsal.handle(.sessionConnected(SessionID(1)), at: .zero)
        rehearsal.open(at: .seconds(2))
        rehearsal.acknowledge(1, .text, session: 1, at: .seconds(5))
        rehearsal.acknowledge(1, .email, session: 1, at: .seconds(9))
        rehearsal.acknowledge(2, .websocket, session: 1, optsOut: true, at: .minutes(11))
        try database.commit(rehearsal.entries)

        let answers = try database.rows(
            "SELECT customer, method, acknowledged_at - announced_at, acknowledged_by, opted_out, late FROM dispatches"
        )
        #expect(
            answers == [
                "1 email 3000000 operator 0 0", "1 text 3000000 operator 0 0", "1 websocket 3000000 operator 0 0",
                "2 websocket 658000000 operator 1 1", "3  NULL NULL NULL NULL",
            ]
        )
        #expect(try database.rows("SELECT customer, at, late FROM acknowledgements").count == 2)
    }

    @Test func aModificationStartsTheSameRecordsAnewAndKeepsTheOldAnswer() throws {
        var rehearsal = Rehearsal()
        rehearsal.join(1, 2, at: .zero)
        rehearsal.open(at: .seconds(2))
        rehearsal.acknowledge(2, .websocket, session: 1, at: .seconds(3))
        let end = Rehearsal.start + .hours(3)
        rehearsal.handle(.incidentChanged(IncidentChange(id: Rehearsal.peak, end: end), nil), at: .minutes(1))
        try database.commit(rehearsal.entries)

        #expect(
            try database.rows("SELECT modification, state, acknowledged_at FROM dispatches WHERE customer = 2")
                == ["1 sending NULL"]
        )
        #expect(try database.rows("SELECT customer, modification FROM acknowledgements") == ["2 0"])
        #expect(try database.number("SELECT ends_at FROM incidents") == Int(end.microseconds))
        #expect(try database.number("SELECT announced_at - created_at FROM incidents") == 58_000_000)
    }

    @Test func aCancellationIsToldToThoseWhoWereDispatched() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.report(1, .email, .sent, at: .seconds(3))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .minutes(1))
        try database.commit(rehearsal.entries)

        #expect(
            try database.rows(
                "SELECT method, state, cancellation_state, cancellation_attempts FROM dispatches WHERE customer = 1"
            ) == ["email sent sending 1", "text sending sending 1", "websocket withdrawn NULL NULL"]
        )
        #expect(try database.rows("SELECT cancelled_at - created_at FROM incidents") == ["58000000"])
    }

    @Test func whatIsRefusedLeavesARowWithItsReason() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(program: 99, at: .seconds(1))
        rehearsal.handle(.incidentCancelled(Rehearsal.games, RequestID(5)), at: .seconds(2))
        rehearsal.handle(.sessionConnected(SessionID(1)), at: .seconds(3))
        let unknown = AcknowledgementRequest(dispatch: Rehearsal.games, by: "x")
        rehearsal.handle(.acknowledged(unknown, SessionID(1), nil), at: .seconds(4))
        try database.commit(rehearsal.entries)

        let refusals = try database.rows(
            "SELECT kind, request, session, detail FROM journal WHERE kind LIKE '%refused'"
        )
        #expect(
            refusals == [
                "refused NULL NULL unknown-program: there is no program 99",
                "answer.refused 5 NULL unknown-incident: there is no incident \(Rehearsal.games)",
                "emit.refused NULL 1 \(Rehearsal.games): unknown-dispatch: there is no dispatch \(Rehearsal.games)",
                "refused NULL NULL unknown-dispatch: there is no dispatch \(Rehearsal.games)",
            ]
        )
    }

    @Test func aCorrelationIdOfTheRequestStandsWithItsInput() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .zero)
        rehearsal.entries[0].correlation = Rehearsal.games
        try database.commit(rehearsal.entries)
        #expect(
            try database.rows("SELECT correlation FROM journal WHERE cause IS NULL")
                == ["\(Rehearsal.games)", "\(UniqueID(name: "correlation", in: Rehearsal.peak))"]
        )
    }

    @Test func aPurgeForgetsIncidentsAndKeepsTheJournal() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.handle(.purged(all: false, nil), at: .seconds(3))
        try database.commit(rehearsal.entries)
        #expect(try database.number("SELECT count(*) FROM dispatches") == 0)
        #expect(try database.number("SELECT count(*) FROM incidents") == 0)
        #expect(try database.readRoster() == Rehearsal.roster)
        #expect(try database.number("SELECT count(*) FROM journal WHERE kind = 'dispatch.recorded'") == 5)

        rehearsal.entries = []
        rehearsal.handle(.purged(all: true, nil), at: .seconds(4))
        try database.commit(rehearsal.entries)
        #expect(try database.readRoster() == Roster())
    }

    @Test func aFullDiskKeepsNothingOfTheBatchAndEverythingBeforeIt() throws {
        var rehearsal = Rehearsal()
        try database.commit(rehearsal.entries)
        let before = try database.dump()
        let pages = try #require(try database.onWriter("PRAGMA page_count"))
        try database.execute("PRAGMA max_page_count = \(pages + 1)")

        rehearsal.entries = []
        rehearsal.open(at: .seconds(2))
        for number in 0..<300 { rehearsal.join(Int64(number), 1, at: .seconds(3)) }
        let error = #expect(throws: StoreError.self) { try database.commit(rehearsal.entries) }
        #expect(error?.code == .full)
        #expect(error?.message == "the disk is full; nothing of the last transaction was kept")
        #expect(try database.dump() == before)

        // With room again the same batch goes in, its rows numbered on from what is there.
        try database.execute("PRAGMA max_page_count = \(pages + 1_000)")
        try database.commit(rehearsal.entries)
        #expect(try database.number("SELECT max(sequence) - count(*) FROM journal") == 0)
        #expect(try database.number("SELECT count(*) FROM dispatches") == 5)
    }
}
