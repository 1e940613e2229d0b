import Base
import DemandResponse
import DispatchStore

/// A small record whose every figure can be checked by hand.
///
/// Incident `peak` of program 1 (announced at 10 s): customer 1 by email, text and Socket.IO, 2 by Socket.IO, 3 by nothing.
/// Incident `games` of program 2 (announced at 20 s): customer 4 by Socket.IO and email.
struct PeakEvening {
    let database: RunRecord

    init(at path: String) throws {
        database = try RunRecord.create(at: path)
        var rehearsal = Rehearsal()
        rehearsal.join(1, 1, at: .zero)
        rehearsal.join(2, 4, at: .zero)
        rehearsal.open(at: .seconds(10))
        rehearsal.open(Rehearsal.games, program: 2, at: .seconds(20))
        rehearsal.report(1, .email, .delivered, at: .seconds(13))
        rehearsal.report(1, .text, .failedForGood(reason: "no such number"), at: .seconds(14))
        rehearsal.acknowledge(1, .websocket, session: 1, at: .seconds(40))
        rehearsal.acknowledge(4, .websocket, incident: 2, of: Rehearsal.games, session: 2, optsOut: true, at: .hours(3))
        // Refused: session 2 is not customer 1's.
        rehearsal.acknowledge(1, .email, session: 2, at: .hours(3))

        let writer = RecordWriter(database)
        writer.commit(rehearsal.entries)
        for observation in Self.observations { writer.append(observation) }
        try writer.finish()
        let start = Rehearsal.start
        try database.write([
            ScriptStep(
                kind: .incident,
                name: "peak",
                dueAt: start + .seconds(9),
                incident: 1,
                committedAt: start + .seconds(10)
            ),
            ScriptStep(
                kind: .incident,
                name: "games",
                dueAt: start + .seconds(20),
                incident: 2,
                committedAt: start + .seconds(20)
            ),
            ScriptStep(kind: .cancel, name: "games", dueAt: start + .seconds(20), refusal: "over"),
        ])
    }

    /// Customer 1 has it after 50 ms, again in the same session (a duplicate) and in the next (none); its acknowledgement is
    /// confirmed after 80 ms. Customer 4 has it after 200 ms, of which it was away for 150, and sees no confirmation.
    /// The row of a live run at a speed.
    static func header(speed: Double) -> RunHeader {
        RunHeader(
            name: "Peak evening",
            description: "",
            path: "peak-evening.yaml",
            scenario: "",
            scenarioSHA256: "",
            seed: 1,
            world: .live,
            speed: speed,
            version: "test",
            repeatCommand: "",
            startsAt: Rehearsal.start,
            endsAt: Rehearsal.start + .hours(4),
            wallStartedAt: Rehearsal.start
        )
    }

    private static var observations: [Observation] {
        [
            seen(.received, 1, at: .milliseconds(10_050)),
            seen(.received, 1, at: .milliseconds(10_060)),
            Observation(at: Rehearsal.start + .milliseconds(20_150), .connected, customer: 4, session: 1),
            seen(.received, 4, incident: 2, at: .milliseconds(20_200)),
            seen(.received, 1, session: 2, at: .seconds(30)),
            seen(.acknowledged, 1, session: 2, at: .milliseconds(39_940)),
            seen(.confirmed, 1, session: 2, at: .milliseconds(40_020)),
            seen(.confirmed, 1, session: 2, at: .milliseconds(40_030)),
            seen(.acknowledged, 4, incident: 2, at: .hours(3)),
            // Of a modification that there is not: it says nothing of the present one.
            seen(.received, 2, modification: 7, at: .seconds(11)),
        ]
    }

    private static func seen(
        _ kind: Observation.Kind,
        _ customer: Customer.ID,
        session: Int = 1,
        incident: Incident.Number = 1,
        modification: Int = 0,
        at span: Span
    ) -> Observation {
        var observation = Observation(at: Rehearsal.start + span, kind, customer: customer, session: session)
        observation.incident = incident
        observation.method = .some(.websocket)
        observation.modification = modification
        return observation
    }
}
