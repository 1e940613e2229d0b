import Base
import DemandResponse
import DispatchStore
import Journal
import TestSupport
import Testing

/// Rows of dispatches wait until their transaction ends, or the next incident is opened. Whenever they are written, they are the same.
@Suite("Rows of dispatches") struct DispatchRowTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// What the tables hold after each entry was written in a transaction of its own, or all of them in one.
    private func dumps(_ entries: [JournalEntry]) throws -> (apart: [String], together: [String]) {
        let apart = try RunRecord.create(at: scratch.file("apart.sqlite"))
        for entry in entries { try RecordWriter(apart).finishing { $0.commit([entry]) } }
        let together = try RunRecord.create(at: scratch.file("together.sqlite"))
        try RecordWriter(together).finishing { $0.commit(entries) }
        return (try apart.dump(), try together.dump())
    }

    @Test func `what comes of a dispatch stands in its row, whether that is written already or not`() throws {
        var rehearsal = Rehearsal()
        rehearsal.join(1, 1, at: .seconds(1))
        rehearsal.open(at: .seconds(2))
        rehearsal.report(1, .email, .delivered, at: .seconds(3))
        rehearsal.report(1, .text, .failedForNow(reason: "busy"), at: .seconds(3))
        rehearsal.acknowledge(1, .websocket, session: 1, at: .seconds(4))
        // Announced anew: the answer to the first modification does not count for the second.
        let change = IncidentChange(id: Rehearsal.peak, end: Rehearsal.start + .hours(3))
        rehearsal.handle(.incidentChanged(change, nil), at: .minutes(5))
        rehearsal.join(2, 2, at: .minutes(6))
        rehearsal.acknowledge(2, .websocket, session: 2, optsOut: true, at: .minutes(7))
        rehearsal.open(Rehearsal.games, program: 2, at: .minutes(8))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .minutes(9))
        rehearsal.handle(.deadlineReached, at: .hours(4))
        let (apart, together) = try dumps(rehearsal.entries)
        #expect(apart == together)
        #expect(together.count { $0.hasPrefix("dispatches") } == 7)
    }

    @Test func `what was purged is not written any more`() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.handle(.purged(all: false, nil), at: .seconds(3))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(4))
        let (apart, together) = try dumps(rehearsal.entries)
        #expect(apart == together)
        #expect(together.count { $0.hasPrefix("dispatches") } == 2)
    }

    /// So many that they are written when the second incident is opened, and the answers come to rows in the table.
    @Test func `answers find the rows of an earlier incident`() throws {
        let customers = (1...9_000).map {
            Customer(id: $0, name: "Home \($0)", program: $0 == 9_000 ? 2 : 1, methods: [.websocket])
        }
        var rehearsal = Rehearsal()
        let roster = Roster(programs: Rehearsal.roster.programs, customers: customers)
        rehearsal.handle(.rosterReplaced(roster, nil), at: .zero)
        rehearsal.open(at: .seconds(1))
        rehearsal.join(1, 4_711, at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        rehearsal.acknowledge(4_711, .websocket, session: 1, at: .seconds(4))
        rehearsal.report(8_999, .websocket, .failedForNow(reason: "busy"), at: .seconds(5))
        let (apart, together) = try dumps(rehearsal.entries)
        #expect(apart == together)
        #expect(together.contains { $0.hasPrefix("dispatches") && $0.contains("operator") })
    }
}
