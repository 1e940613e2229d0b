public import Base
internal import DemandResponse
internal import GRDB

extension DispatchDatabase {
    /// The traces of some customers, and everything that went wrong on the way to any.
    /// - Parameter end: of the run; who disconnects then only goes home.
    public func readEvidence(of keys: [Trace.Key], endingAt end: Timestamp) throws(StoreError) -> Evidence {
        var tracing = Tracing(keys)
        var disturbances: [Disturbance] = []
        try storing(path) {
            try writer.read { database in
                try tracing.readJournal(database, &disturbances)
                try tracing.readObservations(database, endingAt: end, &disturbances)
            }
        }
        return Evidence(traces: tracing.finish(), disturbances: disturbances)
    }
}

private struct Tracing {
    private var traces: [Trace]
    /// Where the traces of a customer stand.
    private var places: [Customer.ID: [Int]] = [:]

    init(_ keys: [Trace.Key]) {
        traces = keys.map { Trace(key: $0) }
        for (index, key) in keys.enumerated() { places[key.customer, default: []].append(index) }
    }

    private var customers: String { places.keys.sorted().map(String.init).joined(separator: ",") }

    mutating func readJournal(_ database: Database, _ disturbances: inout [Disturbance]) throws {
        let rows = try Cursor(
            database,
            """
            SELECT at, customer, incident, kind, method, modification, attempt, state, session, detail FROM journal
            WHERE (customer IN (\(customers)) AND kind IN ('dispatch.recorded', 'send', 'emit.resync', 'delivery.recorded',
                    'cancellation.recorded', 'acknowledgement.recorded'))
                OR (kind = 'delivery.recorded' AND state IN ('deferred', 'failed'))
            ORDER BY sequence
            """
        )
        while try rows.next() {
            let customer = rows.integer(1)
            let kind = rows.text(3)
            let state = rows.textIfAny(7)
            if kind == "delivery.recorded", state == "deferred" || state == "failed" {
                let kind: Disturbance.Kind = state == "failed" ? .failed : .deferred
                disturbances.append(Disturbance(at: rows.timestamp(0), kind: kind, customer: customer))
            }
            guard let places = places[customer] else { continue }
            let step = Trace.Step(
                at: rows.timestamp(0),
                witness: .dispatcher,
                kind: kind,
                method: rows.method(4),
                modification: rows.integerIfAny(5),
                attempt: rows.integerIfAny(6),
                state: state,
                session: rows.integerIfAny(8),
                detail: rows.textIfAny(9)
            )
            add(step, of: rows.integerIfAny(2), at: places)
        }
    }

    mutating func readObservations(
        _ database: Database,
        endingAt end: Timestamp,
        _ disturbances: inout [Disturbance]
    ) throws {
        let rows = try Cursor(
            database,
            """
            SELECT at, customer, incident, kind, method, modification, session, detail FROM observations
            WHERE customer IN (\(customers)) OR kind = 'disconnected' ORDER BY sequence
            """
        )
        while try rows.next() {
            let at = rows.timestamp(0)
            let customer = rows.integer(1)
            let kind = rows.text(3)
            if kind == "disconnected", at < end {
                disturbances.append(Disturbance(at: at, kind: .disconnected, customer: customer))
            }
            guard let places = places[customer], at < end else { continue }
            let step = Trace.Step(
                at: at,
                witness: .client,
                kind: kind,
                method: rows.method(4),
                modification: rows.integerIfAny(5),
                attempt: nil,
                state: nil,
                session: rows.integerIfAny(6),
                detail: rows.textIfAny(7)
            )
            add(step, of: rows.integerIfAny(2), at: places)
        }
    }

    /// What names no incident, as a connection, belongs to all of the customer's.
    private mutating func add(_ step: Trace.Step, of incident: Incident.Number?, at places: [Int]) {
        for place in places where incident == nil || incident == traces[place].key.incident {
            traces[place].steps.append(step)
        }
    }

    /// Both witnesses' steps in the order of time; at the same instant the dispatcher speaks first.
    func finish() -> [Trace] {
        traces.map { trace in
            var trace = trace
            let steps = trace.steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            trace.steps = steps.prefix(Trace.mostSteps).map(\.element)
            trace.omitted = steps.count - trace.steps.count
            return trace
        }
    }
}
