import Base
import DemandResponse
import DispatchStore
import Measures
import TestSupport
import Testing

/// A record of one incident that calls many customers alike, by email and by Socket.IO.
enum Crowd {
    /// Customer n has either after a while of its own and answers n seconds later; the silent ones neither have it nor answer.
    static func record(at path: String, answered: Int, silent: Int) throws -> RunRecord {
        let customers = (1...(answered + silent)).map { id in
            Customer(id: id, name: "Site \(id)", email: "s\(id)@x.example", program: 1, methods: [.email, .websocket])
        }
        var rehearsal = Rehearsal(Dispatcher())
        rehearsal.handle(
            .rosterReplaced(Roster(programs: Rehearsal.roster.programs, customers: customers), nil),
            at: .zero
        )
        for id in 1...answered { rehearsal.join(Int64(id), id, at: .seconds(1)) }
        rehearsal.open(at: .seconds(10))
        var seen: [Observation] = []
        for id in 1...answered {
            // In another order than that of the answers.
            let delay = Span.milliseconds(Int64(id * 37 % (answered + 1)))
            rehearsal.report(id, .email, .delivered, at: .seconds(11) + delay)
            var received = Observation(at: Rehearsal.start + .seconds(10) + delay, .received, customer: id, session: 1)
            received.incident = 1
            received.method = .some(.websocket)
            received.modification = 0
            seen.append(received)
        }
        for id in 1...answered {
            rehearsal.acknowledge(id, .websocket, session: Int64(id), at: .seconds(20 + Int64(id)))
        }

        let database = try RunRecord.create(at: path)
        let writer = RecordWriter(database)
        writer.commit(rehearsal.entries)
        for observation in seen { writer.append(observation) }
        try writer.finish()
        let start = Rehearsal.start + .seconds(10)
        try database.write([ScriptStep(kind: .incident, name: "peak", dueAt: start, incident: 1, committedAt: start)])
        return database
    }
}
