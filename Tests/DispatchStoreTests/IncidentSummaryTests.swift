import Base
import DemandResponse
import DispatchStore
import GRDB
import TestSupport
import Testing
import Measures

@Suite struct IncidentSummaryTests {
    private let scratch: Scratch
    private let database: ServerDatabase

    init() throws {
        scratch = try Scratch()
        database = try ServerDatabase.open(at: scratch.file())
    }

    private func summary(_ body: (inout Rehearsal) -> Void) throws -> IncidentSummary {
        var rehearsal = Rehearsal()
        rehearsal.handle(.sessionConnected(SessionID(9)), at: .zero)
        body(&rehearsal)
        try database.commit(rehearsal.entries)
        return try #require(try database.readSummary(of: Rehearsal.peak))
    }

    private func counts(_ summary: IncidentSummary) -> [Int] {
        Standing.allCases.map { summary.overall.counts[$0] }
    }

    @Test func atFirstNobodyIsReachedAndWhoHasNoMethodIsUnreachable() throws {
        let summary = try summary { $0.open(at: .seconds(1)) }
        #expect(summary.overall.counts.customers == 3)
        #expect(summary.overall.counts.reached == 0)
        // Acknowledged, declined, silent, pending, unreachable.
        #expect(counts(summary) == [0, 0, 0, 0, 2, 1])
        #expect(summary.channels.map(\.method) == [.email, .text, .websocket])
        #expect(summary.channels.map(\.group.counts.dispatches) == [1, 1, 2])
    }

    @Test func whoWasReachedAndDoesNotAnswerIsSilent() throws {
        let summary = try summary { rehearsal in
            rehearsal.open(at: .seconds(1))
            rehearsal.report(1, .email, .failedForGood(reason: "no such box"), at: .seconds(2))
            rehearsal.report(1, .text, .sent, at: .seconds(3))
            rehearsal.report(1, .text, .delivered, at: .seconds(4))
        }
        #expect(counts(summary) == [0, 0, 0, 1, 1, 1])
        #expect(summary.overall.counts.reached == 1)
        #expect(summary.channels.map(\.group.counts.sent) == [0, 1, 0])
        #expect(summary.channels.map(\.group.counts.failed) == [1, 0, 0])
        // Until the carrier's report; by websocket nobody would say, and so nobody is waited for.
        #expect(summary.overall.delivery == Population([.seconds(3)], endless: 1))
    }

    @Test func anAnswerCountsOnceAndReachedCustomersStayReached() throws {
        let summary = try summary { rehearsal in
            rehearsal.open(at: .seconds(1))
            rehearsal.report(1, .text, .sent, at: .seconds(3))
            rehearsal.acknowledge(1, .email, session: 9, at: .seconds(11))
            rehearsal.acknowledge(1, .text, session: 9, at: .seconds(12))
            rehearsal.acknowledge(2, .websocket, session: 9, optsOut: true, at: .minutes(30))
        }
        #expect(counts(summary) == [1, 1, 0, 0, 0, 1])
        #expect(summary.overall.counts.reached == 1)
        #expect(summary.overall.counts.late == 1, "customer 2 answered after the ten minutes of the program")
        #expect(summary.overall.acknowledgement.values == [.seconds(10), .minutes(30) - .seconds(1)])
        #expect(summary.overall.acknowledgement.endless == 1)
    }

    @Test func aModificationBeginsTheCountAnew() throws {
        let summary = try summary { rehearsal in
            rehearsal.open(at: .seconds(1))
            rehearsal.acknowledge(1, .email, session: 9, at: .seconds(11))
            rehearsal.handle(
                .incidentChanged(IncidentChange(id: Rehearsal.peak, eventType: "test"), nil),
                at: .minutes(1)
            )
        }
        #expect(summary.incident.modification == 1)
        #expect(counts(summary) == [0, 0, 0, 0, 2, 1])
    }

    @Test func theJournalIsNotReadForIt() throws {
        let before = try summary { rehearsal in
            rehearsal.open(at: .seconds(1))
            rehearsal.acknowledge(1, .email, session: 9, at: .seconds(11))
        }
        let path = database.path
        try database.close()
        // It grows for as long as the server lives, and a console asks again and again.
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "ALTER TABLE journal RENAME TO journal_elsewhere") }
        try queue.close()
        let record = try RunRecord.openUnproven(at: path)
        defer { try? record.close() }
        let after = try #require(try ServerDatabase(serving: record).readSummary(of: Rehearsal.peak))
        #expect(after.overall == before.overall)
    }

    @Test func anUnknownIncidentHasNone() throws {
        #expect(try database.readSummary(of: Rehearsal.games)?.overall == nil)
    }
}
