public import Base
internal import DemandResponse
internal import GRDB
public import Journal

extension RunRecord {
    /// The traces of some customers, and everything that went wrong on the way to any.
    /// - Parameter end: of the run; who disconnects then only goes home.
    public func readEvidence(of keys: [Trace.Key], endingAt end: Timestamp) throws(StoreError) -> Evidence {
        var tracing = Tracing(keys)
        var disturbances: [Disturbance] = []
        try file.read { database in
            try tracing.readJournal(database, path, &disturbances)
            try tracing.readObservations(database, endingAt: end, &disturbances)
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

    mutating func readJournal(_ database: Database, _ path: String, _ disturbances: inout [Disturbance]) throws {
        let told = JournalKind.list(
            .dispatchRecorded,
            .send,
            .emitResync,
            .deliveryRecorded,
            .cancellationRecorded,
            .allClearRecorded,
            .acknowledgementRecorded
        )
        let rows = try Cursor<JournalRow.Column>(
            database,
            JournalRow.Column.selection + """
                 WHERE (customer IN (\(customers)) AND kind IN \(told))
                    OR (kind = '\(JournalKind.deliveryRecorded.name)' AND state IN \(JournalState.list(.deferred, .failed)))
                ORDER BY sequence
                """
        )
        while try rows.next() {
            let fact = try rows.fact(path)
            switch fact.content {
            case .dispatch(let key, _, _, _), .send(let key, _, _, _, _, _), .resync(let key, _): add(fact, of: key)
            case .delivery(let key, _, let kind, let state, _, _):
                if kind == .dispatch, state == .deferred || state == .failed {
                    let kind: Disturbance.Kind = state == .failed ? .failed : .deferred
                    disturbances.append(Disturbance(at: fact.at, kind: kind, customer: key.customer))
                }
                add(fact, of: key)
            case .acknowledgement(let incident, let customer, _, _, _):
                add(.dispatcher(fact), of: customer, incident)
            case .input, .incident, .leftOut, .purge, .emit, .news, .observed, .entered, .left, .refusal, .other: break
            }
        }
    }

    mutating func readObservations(
        _ database: Database,
        endingAt end: Timestamp,
        _ disturbances: inout [Disturbance]
    ) throws {
        let rows = try Cursor<Observation.Column>(
            database,
            Observation.Column.selection
                + " WHERE customer IN (\(customers)) OR kind = '\(Observation.Kind.disconnected.name)' ORDER BY sequence"
        )
        while try rows.next() {
            guard let observation = Observation(rows, hasDetail: true), observation.at < end else { continue }
            if observation.kind == .disconnected {
                let customer = observation.customer
                disturbances.append(Disturbance(at: observation.at, kind: .disconnected, customer: customer))
            }
            add(.client(observation), of: observation.customer, observation.incident)
        }
    }

    private mutating func add(_ fact: JournalFact, of key: DispatchKey) {
        add(.dispatcher(fact), of: key.customer, key.incident)
    }

    /// What names no incident, as a connection, belongs to all of the customer's.
    private mutating func add(_ step: Trace.Step, of customer: Customer.ID, _ incident: Incident.Number?) {
        for place in places[customer] ?? [] where incident == nil || incident == traces[place].key.incident {
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
