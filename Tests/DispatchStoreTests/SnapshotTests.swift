import Base
import DemandResponse
import DispatchStore
import Journal
import Measures
import TestSupport
import Testing

@Suite struct SnapshotTests {
    private let scratch: Scratch
    private let database: ServerDatabase

    init() throws {
        scratch = try Scratch()
        database = try ServerDatabase.open(at: scratch.file())
    }

    /// What a dispatcher does from a crash on, as text.
    private static func future(of dispatcher: Dispatcher, from start: Span) -> [String] {
        var rehearsal = Rehearsal(dispatcher)
        let change = IncidentChange(id: Rehearsal.peak, eventType: "test")
        rehearsal.handle(.started, at: start)
        rehearsal.join(1, 4, at: start + .minutes(1))
        rehearsal.join(2, 1, at: start + .minutes(2))
        rehearsal.acknowledge(1, .websocket, session: 2, at: start + .minutes(3))
        rehearsal.handle(.incidentChanged(change, nil), at: start + .minutes(4))
        rehearsal.handle(.incidentCancelled(Rehearsal.games, nil), at: start + .minutes(5))
        rehearsal.open(UniqueID(name: "another", in: Rehearsal.peak), at: start + .minutes(6))
        rehearsal.handle(.deadlineReached, at: start + .hours(3))
        return rehearsal.entries.flatMap { entry in
            ["\(entry.at.microseconds) \(entry.input)"] + entry.effects.map { "  " + describe($0) }
        }
    }

    private func expectSameFuture(
        _ restored: Dispatcher,
        _ stopped: Dispatcher,
        from start: Span = .minutes(10),
        at place: SourceLocation = #_sourceLocation
    ) {
        let (restored, stopped) = (Self.future(of: restored, from: start), Self.future(of: stopped, from: start))
        let difference = zip(restored, stopped).first { $0 != $1 }
        #expect(difference?.0 == difference?.1, sourceLocation: place)
        #expect(restored.count == stopped.count, sourceLocation: place)
    }

    /// A dispatch is an object: its content is what counts.
    private static func describe(_ effect: Effect) -> String {
        switch effect {
        case .record(.dispatch(let dispatch, let state)): "dispatch \(dispatch.key) \(dispatch.message) \(state)"
        case .send(let outgoing): "send \(outgoing.kind) \(outgoing.dispatch.key) \(outgoing.attempt) \(outgoing.text)"
        case .emit(.dispatch(let dispatch, let attempt, let sent, let resync), let audience):
            "emit \(dispatch.key) \(dispatch.modification) \(attempt) \(sent) \(resync) \(audience)"
        default: "\(effect)"
        }
    }

    @Test func aSnapshotTellsWhatModifiedIncidentsWereBefore() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        let asked = try #require(try rehearsal.kept(in: database).incidents.first.map { IncidentRequest($0) })
        let end = Rehearsal.start + .hours(3)
        rehearsal.entries = []
        rehearsal.handle(.incidentChanged(IncidentChange(id: Rehearsal.peak, end: end), nil), at: .seconds(4))
        rehearsal.handle(.incidentChanged(IncidentChange(id: Rehearsal.peak, eventType: "test"), nil), at: .seconds(5))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .seconds(6))
        let announcements = [Rehearsal.start + .seconds(2), Rehearsal.start + .seconds(4)]
        #expect(
            try rehearsal.kept(in: database).pasts == [1: IncidentPast(request: asked, announcements: announcements)]
        )
    }

    @Test func aRestoredDispatcherGoesOnAsTheOneThatStopped() throws {
        var rehearsal = Rehearsal()
        rehearsal.handle(.sessionConnected(SessionID(9)), at: .zero)
        rehearsal.open(at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        rehearsal.report(1, .email, .failedForNow(reason: "greylisted"), at: .seconds(4))
        rehearsal.report(1, .text, .sent, at: .seconds(5))
        rehearsal.acknowledge(2, .websocket, session: 9, at: .seconds(6))
        rehearsal.handle(.sessionClosed(SessionID(9)), at: .seconds(7))
        try database.commit(rehearsal.entries)

        let restored = Dispatcher(restoring: try database.snapshot())
        expectSameFuture(restored, rehearsal.dispatcher)
    }

    @Test func whatWasModifiedIsRestoredAsItIsNow() throws {
        var rehearsal = Rehearsal()
        rehearsal.join(1, 2, at: .zero)
        rehearsal.open(at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        rehearsal.acknowledge(2, .websocket, session: 1, at: .seconds(4))
        rehearsal.handle(.incidentChanged(IncidentChange(id: Rehearsal.peak, eventType: "test"), nil), at: .minutes(1))
        rehearsal.handle(.sessionClosed(SessionID(1)), at: .minutes(2))
        try database.commit(rehearsal.entries)

        let snapshot = try database.snapshot()
        #expect(snapshot.incidents.map(\.modification) == [1, 0])
        #expect(snapshot.incidents.first?.eventType == "test")
        #expect(snapshot.acknowledgements.map(\.modification) == [0], "that was an answer to the modification before")
        expectSameFuture(Dispatcher(restoring: snapshot), rehearsal.dispatcher)
    }

    @Test func aChangeOfMindKeepsTheFirstTimeAndTheLastWord() throws {
        var rehearsal = Rehearsal()
        rehearsal.join(9, 2, at: .zero)
        rehearsal.open(at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        rehearsal.acknowledge(2, .websocket, session: 9, at: .seconds(6))
        rehearsal.acknowledge(2, .websocket, session: 9, optsOut: true, at: .seconds(7))
        rehearsal.handle(.sessionClosed(SessionID(9)), at: .seconds(8))
        try database.commit(rehearsal.entries)

        let snapshot = try database.snapshot()
        let answer = try #require(snapshot.acknowledgements.first)
        #expect(snapshot.acknowledgements.count == 1 && answer.optsOut)
        #expect(answer.at == Rehearsal.start + .seconds(7) && answer.answeredAt == Rehearsal.start + .seconds(6))
        expectSameFuture(Dispatcher(restoring: snapshot), rehearsal.dispatcher)
        let participation = try #require(
            try database.readParticipations(in: Rehearsal.peak, limit: 9)?.rows.first { $0.customer == 2 }
        )
        #expect(participation.standing == .declined)
        #expect(participation.acknowledgedAt == answer.answeredAt && participation.changedAt == answer.at)
    }

    @Test func aCancellationOnItsWayIsTakenUpAgain() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .minutes(1))
        try database.commit(rehearsal.entries)

        let snapshot = try database.snapshot()
        #expect(snapshot.records.compactMap(\.closing).map(\.state) == [.sending, .sending])
        expectSameFuture(Dispatcher(restoring: snapshot), rehearsal.dispatcher)
    }

    @Test func aRecallIsTakenUpAgainWithItsAllClear() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(3))
        rehearsal.handle(.incidentRecalled(Rehearsal.peak, nil), at: .minutes(1))
        try database.commit(rehearsal.entries)

        let snapshot = try database.snapshot()
        #expect(snapshot.incidents.map(\.closing) == [Closing(.recall, at: Rehearsal.start + .minutes(1)), nil])
        #expect(snapshot.records.compactMap(\.closing).map(\.state) == [.sending, .sending])
        expectSameFuture(Dispatcher(restoring: snapshot), rehearsal.dispatcher)
    }

    @Test func aPurgeDoesNotSetTheNumbersOfIncidentsBack() throws {
        var rehearsal = Rehearsal()
        rehearsal.open(at: .seconds(2))
        rehearsal.handle(.purged(all: false, nil), at: .seconds(3))
        try database.commit(rehearsal.entries)

        let snapshot = try database.snapshot()
        #expect(snapshot.nextNumber == 2)
        #expect(snapshot.incidents.isEmpty)
        expectSameFuture(Dispatcher(restoring: snapshot), rehearsal.dispatcher)
    }

    @Test func whatIsArchivedIsNotReadAgain() throws {
        var rehearsal = Rehearsal()
        rehearsal.join(9, 2, at: .zero)
        rehearsal.open(at: .seconds(2))
        rehearsal.acknowledge(2, .websocket, session: 9, at: .seconds(6))
        rehearsal.handle(.incidentCancelled(Rehearsal.peak, nil), at: .seconds(7))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(8), lasting: .hours(24))
        rehearsal.handle(.incidentsArchived([1]), at: .hours(4))
        rehearsal.handle(.sessionClosed(SessionID(9)), at: .hours(4))
        try database.commit(rehearsal.entries)

        let snapshot = try database.snapshot()
        #expect(snapshot.archived == [1])
        #expect(snapshot.incidents.count == 2)
        #expect(Set(snapshot.records.map(\.dispatch.key.incident)) == [2])
        #expect(snapshot.acknowledgements.isEmpty)
        expectSameFuture(Dispatcher(restoring: snapshot), rehearsal.dispatcher, from: .hours(5))
    }

    @Test func anEmptyDatabaseIsANewDispatcher() throws {
        let snapshot = try database.snapshot()
        #expect(snapshot.nextNumber == 1)
        #expect(snapshot.roster == Roster())
    }
}

extension Rehearsal {
    /// What a database tells after it was given the entries.
    fileprivate func kept(in database: ServerDatabase) throws -> DispatcherSnapshot {
        try database.commit(entries)
        return try database.snapshot()
    }
}
