import Base
import DemandResponse
import Journal

/// Keeps what was committed in memory, and makes of it what rules go on from.
final class MemoryStorage: DispatchStorage {
    private(set) var entries: [JournalEntry] = []
    private(set) var probes = 0

    func commit(_ entries: [JournalEntry]) { self.entries += entries }

    func probe() { probes += 1 }

    func snapshot() -> DispatcherSnapshot {
        var snapshot = DispatcherSnapshot(roster: Roster())
        for entry in entries {
            if case .incidentsArchived(let numbers) = entry.input { snapshot.archive(numbers) }
            for case .record(let change) in entry.effects { snapshot.apply(change) }
        }
        return snapshot
    }

    /// The incidents that are kept, by number.
    var incidents: [UniqueID] { snapshot().incidents.map(\.id) }
}

extension DispatcherSnapshot {
    /// Of incidents that were modified only their present state is known here.
    fileprivate mutating func apply(_ change: Change) {
        switch change {
        case .roster(let roster): self.roster = roster
        case .incident(let incident):
            if let index = incidents.firstIndex(where: { $0.number == incident.number }) {
                incidents[index] = incident
            } else {
                incidents.append(incident)
                nextNumber = incident.number + 1
            }
        case .dispatch(let dispatch, let state):
            records.removeAll { $0.dispatch.key == dispatch.key }
            let delivery = Delivery(state: state, attempts: state == .sending ? 1 : 0)
            records.append(Record(dispatch: dispatch, delivery: delivery, closing: nil))
        case .delivery(let key, _, let kind, let delivery):
            guard let index = records.firstIndex(where: { $0.dispatch.key == key }) else { return }
            switch kind {
            case .dispatch: records[index].delivery = delivery
            case .cancellation, .allClear: records[index].closing = delivery
            }
        case .acknowledgement(let acknowledgement): acknowledgements.append(acknowledgement)
        case .leftOut: break
        case .purged:
            incidents = []
            records = []
            acknowledgements = []
        }
    }

    fileprivate mutating func archive(_ numbers: [Incident.Number]) {
        archived.formUnion(numbers)
        records.removeAll { numbers.contains($0.dispatch.key.incident) }
        acknowledgements.removeAll { numbers.contains($0.incident) }
    }
}
