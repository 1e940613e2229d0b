public import Base
public import DemandResponse
internal import GRDB
public import Journal
public import Measures

/// When something befell a customer, and in which order with other things of the same instant: at one instant the dispatcher speaks first,
/// then the clients, each in the order of what they say; but a customer's answer comes after what its client had by then.
public struct MomentPlace: Comparable, Sendable {
    public let at: Timestamp
    fileprivate let witness: Witness
    fileprivate let sequence: Int

    public static func < (a: MomentPlace, b: MomentPlace) -> Bool {
        if a.at != b.at { return a.at < b.at }
        // Whatever the dispatcher keeps, an answer among it, is in the journal's order.
        if (a.witness == .client) == (b.witness == .client) { return a.sequence < b.sequence }
        return a.witness < b.witness
    }

    fileprivate enum Witness: Int, Comparable {
        case dispatcher, client
        /// The dispatcher, of an answer.
        case answer

        static func < (a: Witness, b: Witness) -> Bool { a.rawValue < b.rawValue }
    }
}

extension RunRecord {
    /// When something befell some customers in incidents, in the order of time; nothing of those whom it did not befall.
    ///
    /// - Parameters:
    ///   - method: `nil`: by any.
    ///   - modification: as which the incident was announced; `nil`: any.
    public func readMoments(
        _ moment: Moment,
        _ method: DispatchMethod?,
        modification: Int?,
        of keys: Set<Trace.Key>
    ) throws(StoreError) -> [Trace.Key: [MomentPlace]] {
        var gathering = MomentGathering(moment, method, modification, keys)
        try file.read { database in
            try gathering.readJournal(database, path)
            if moment == .delivered, method == nil || method == .websocket { try gathering.readObservations(database) }
        }
        return gathering.places.mapValues { $0.sorted() }
    }
}

private struct MomentGathering {
    private(set) var places: [Trace.Key: [MomentPlace]] = [:]
    private let moment: Moment
    private let method: DispatchMethod?
    private let modification: Int?
    private let keys: Set<Trace.Key>
    /// What clients have seen: it may come to them again.
    private var received: [DispatchKey: Set<Int>] = [:]
    /// Whoever changes its mind has answered already.
    private var answered: [Trace.Key: Set<Int>] = [:]

    init(_ moment: Moment, _ method: DispatchMethod?, _ modification: Int?, _ keys: Set<Trace.Key>) {
        self.moment = moment
        self.method = method
        self.modification = modification
        self.keys = keys
    }

    private var kinds: String {
        switch moment {
        case .dispatched: JournalKind.list(.dispatchRecorded)
        case .sent, .email, .text, .voice, .websocket, .webhook:
            JournalKind.list(.dispatchRecorded, .deliveryRecorded, .send, .emitResync)
        case .delivered, .failed: JournalKind.list(.deliveryRecorded)
        case .acknowledged: JournalKind.list(.acknowledgementRecorded)
        case .modified, .cancelled, .recalled: JournalKind.list(.incidentRecorded)
        }
    }

    mutating func readJournal(_ database: Database, _ path: String) throws {
        let rows = try Cursor<JournalRow.Column>(
            database,
            JournalRow.Column.selection + " WHERE kind IN \(kinds) ORDER BY sequence"
        )
        while try rows.next() {
            let fact = try rows.fact(path)
            switch (moment, fact.content) {
            case (.dispatched, .dispatch(let key, let modification, _, _)): add(fact, key, modification)
            case (.delivered, .delivery(let key, let modification, .dispatch, .delivered, _, _))
            where key.method != .websocket:
                add(fact, key, modification)
            case (.failed, .delivery(let key, let modification, .dispatch, .failed, _, _)),
                (.failed, .delivery(let key, let modification, .dispatch, .deferred, _, _)):
                add(fact, key, modification)
            case (.acknowledged, .acknowledgement(let incident, let customer, let modification, _, _)):
                let key = Trace.Key(incident: incident, customer: customer)
                if answered[key, default: []].insert(modification).inserted { add(fact, key, modification) }
            case (.modified, .incident(let incident, let modification, nil, _)) where modification > 0:
                addAll(fact, of: incident, modification)
            case (.cancelled, .incident(let incident, _, .cancellation, _)),
                (.recalled, .incident(let incident, _, .recall, _)):
                addAll(fact, of: incident, nil)
            case (_, .send(let key, let modification, .dispatch, _, _, _)): add(fact, key, modification)
            case (.dispatched, _), (.delivered, _), (.failed, _), (.acknowledged, _), (.modified, _), (.cancelled, _),
                (.recalled, _):
                break
            // What is left is about what goes out.
            case (_, .dispatch(let key, let modification, .sending, _)) where key.method == .websocket,
                (_, .resync(let key, let modification)) where key.method == .websocket,
                (_, .delivery(let key, let modification, .dispatch, .sending, _, _)) where key.method == .websocket:
                add(fact, key, modification)
            default: break
            }
        }
    }

    mutating func readObservations(_ database: Database) throws {
        let rows = try Cursor<Observation.Column>(
            database,
            Observation.Column.selection + " WHERE kind = '\(Observation.Kind.received.name)' ORDER BY sequence"
        )
        var sequence = 0
        while try rows.next() {
            sequence += 1
            guard let seen = Observation(rows), let key = seen.key, let modification = seen.modification,
                received[key, default: []].insert(modification).inserted
            else { continue }
            let participation = Trace.Key(incident: key.incident, customer: key.customer)
            add(MomentPlace(at: seen.at, witness: .client, sequence: sequence), participation, modification)
        }
    }

    private mutating func add(_ fact: JournalFact, _ key: DispatchKey, _ modification: Int) {
        guard method == nil || method == key.method else { return }
        add(fact, Trace.Key(incident: key.incident, customer: key.customer), modification)
    }

    private mutating func add(_ fact: JournalFact, _ key: Trace.Key, _ modification: Int) {
        let witness = moment == .acknowledged ? MomentPlace.Witness.answer : .dispatcher
        add(MomentPlace(at: fact.at, witness: witness, sequence: fact.sequence), key, modification)
    }

    private mutating func add(_ place: MomentPlace, _ key: Trace.Key, _ modification: Int) {
        guard keys.contains(key), self.modification == nil || self.modification == modification else { return }
        places[key, default: []].append(place)
    }

    /// What befalls an incident befalls everybody in it.
    private mutating func addAll(_ fact: JournalFact, of incident: Incident.Number, _ modification: Int?) {
        for key in keys where key.incident == incident { add(fact, key, modification ?? self.modification ?? 0) }
    }
}
