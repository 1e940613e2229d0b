import Analysis
import Base
import DemandResponse
import DispatchStore
import Journal
import Simulation
import TestSupport
import Testing

/// The journal of a server: its process ends and begins again, its database refuses transactions, its dispatches are purged.
@Suite struct ServerReplayTests {
    private static let start = Timestamp(microseconds: 1_717_455_600_000_000)
    private static let peak = UniqueID(high: 0x1111_1111_1111_5111, low: 0x8111_1111_1111_1111)
    private static let roster = Roster.sites(
        [[.email, .text, .websocket], [.websocket]],
        acknowledgeWithin: .minutes(10)
    )

    private let scratch: Scratch
    private let database: ServerDatabase

    init() throws {
        scratch = try Scratch()
        database = try ServerDatabase.open(at: scratch.file())
    }

    /// Handles inputs as a server does, one transaction for all of them.
    private func handle(_ rules: inout Dispatcher, _ inputs: [Input], at span: Span, isKept: Bool = true) throws {
        let now = Self.start + span
        var entries: [JournalEntry] = []
        for input in inputs {
            entries.append(JournalEntry(input: input, at: now, effects: rules.handle(input, at: now)))
        }
        if let deadline = rules.nextDeadline, deadline <= now {
            let effects = rules.handle(.deadlineReached, at: now)
            entries.append(JournalEntry(input: .deadlineReached, at: now, effects: effects))
        }
        if isKept { try database.commit(entries) }
    }

    private func restarted() throws -> Dispatcher { Dispatcher(restoring: try database.snapshot()) }

    private func incident(_ id: UniqueID, ends: Span?) -> Input {
        let period = Incident.Period(start: Self.start + .hours(1), end: ends.map { Self.start + $0 })
        return .incidentRequested(
            IncidentRequest(id: id, correlation: id, program: 1, eventType: "market_dispatch", period: period),
            nil
        )
    }

    private func failure(_ attempt: Int, kind: Outgoing.Kind = .dispatch, incident: Incident.Number = 1) -> Input {
        let key = DispatchKey(incident: incident, customer: 1, method: .email)
        let outcome = DeliveryReport.Outcome.failedForNow(reason: "busy\nback\\later")
        return .deliveriesReported([
            DeliveryReport(key: key, modification: 0, kind: kind, attempt: attempt, outcome: outcome)
        ])
    }

    private func replay() throws -> ReplayFinding {
        var replay = try Replay(.openUnproven(at: scratch.file()), mode: .strict)
        return try replay.run()
    }

    @Test func `restarts, refused transactions and a purge replay without a difference`() throws {
        var rules = try restarted()
        try handle(&rules, [.rosterReplaced(Self.roster, nil), .started], at: .zero)
        let joined = Input.sessionJoined(SessionID(1), 1, RequestID(1))
        try handle(&rules, [.sessionConnected(SessionID(1)), joined], at: .seconds(1))
        try handle(&rules, [incident(Self.peak, ends: .hours(2))], at: .seconds(2))
        try handle(&rules, [failure(1)], at: .seconds(3))
        try handle(&rules, [], at: .seconds(9))
        // A second process: no session of the first is left, and what was under way is sent again.
        rules = try restarted()
        try handle(&rules, [.started], at: .minutes(5))
        // A transaction that the database does not take: nobody has heard of it afterwards.
        let lost = incident(UniqueID(name: "lost", in: Self.peak), ends: .hours(2))
        try handle(&rules, [lost], at: .minutes(6), isKept: false)
        rules = try restarted()
        try handle(&rules, [.started, .incidentCancelled(Self.peak, RequestID(2))], at: .minutes(7))
        try handle(&rules, [failure(1, kind: .cancellation)], at: .minutes(8))
        // The news of the cancellation waits for its next attempt when this process ends.
        rules = try restarted()
        try handle(&rules, [.started], at: .minutes(9))
        try handle(&rules, [.purged(all: false, RequestID(3))], at: .minutes(10))
        let next = UniqueID(name: "next", in: Self.peak)
        try handle(&rules, [incident(next, ends: nil)], at: .minutes(11))
        rules = try restarted()
        try handle(&rules, [.started, .sessionConnected(SessionID(1))], at: .minutes(12))
        let dispatch = DispatchKey(incident: 2, customer: 2, method: .websocket).id(incident: next)
        let answer = AcknowledgementRequest(dispatch: dispatch, by: "two\nlines", statedTime: "now\r\n", optsOut: true)
        try handle(&rules, [.acknowledged(answer, SessionID(1), nil)], at: .minutes(13))

        let finding = try replay()
        #expect(finding.isEqual, "\(String(describing: finding.first))")
        #expect(finding.inputs == 17)
    }

    @Test func `what was archived replays without a difference, across a restart`() throws {
        var rules = try restarted()
        try handle(&rules, [.rosterReplaced(Self.roster, nil), .started], at: .zero)
        try handle(&rules, [incident(Self.peak, ends: .hours(2))], at: .seconds(2))
        try handle(&rules, [], at: .hours(2))
        try handle(&rules, [.incidentsArchived([1])], at: .hours(4))
        rules = try restarted()
        try handle(&rules, [.started, .sessionConnected(SessionID(1))], at: .hours(5))
        let dispatch = DispatchKey(incident: 1, customer: 2, method: .websocket).id(incident: Self.peak)
        let late = Input.acknowledged(
            AcknowledgementRequest(dispatch: dispatch, by: "late"),
            SessionID(1),
            RequestID(1)
        )
        try handle(&rules, [late], at: .hours(6))
        try handle(&rules, [incident(UniqueID(name: "next", in: Self.peak), ends: .hours(9))], at: .hours(7))

        let finding = try replay()
        #expect(finding.isEqual, "\(String(describing: finding.first))")
    }

    /// Such a server was late: its deadline came with what had come meanwhile, which is no difference.
    @Test func `a deadline that a server heard of late is no difference`() throws {
        var rules = try restarted()
        try handle(&rules, [.rosterReplaced(Self.roster, nil), .started], at: .zero)
        try handle(&rules, [incident(Self.peak, ends: .hours(2))], at: .seconds(2))
        try handle(&rules, [failure(1)], at: .seconds(3))
        try handle(&rules, [.sessionConnected(SessionID(1)), .sessionClosed(SessionID(1))], at: .minutes(30))
        #expect(try replay().isEqual)
    }

    @Test func `a journal goes on in the next process, with one digest`() throws {
        var rules = try restarted()
        try handle(&rules, [.rosterReplaced(Self.roster, nil), .started], at: .zero)
        try database.close()
        let again = try ServerDatabase.open(at: scratch.file())
        var next = Dispatcher(restoring: try again.snapshot())
        let effects = next.handle(.started, at: Self.start + .seconds(9))
        try again.commit([JournalEntry(input: .started, at: Self.start + .seconds(9), effects: effects)])
        let finding = try replay()
        #expect(finding.isEqual)
        #expect(finding.inputs == 3)
    }
}
