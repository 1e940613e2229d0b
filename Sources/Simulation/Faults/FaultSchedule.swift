internal import Journal
internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Journal
internal import Scenarios

/// Which of a scenario's faults strike, and when: told of what the rules decide, it finds the moments that faults wait for.
///
/// A state machine: it strikes nothing itself.
struct FaultSchedule {
    /// When a fault strikes that has found its moment.
    enum Moment: Equatable {
        /// In the batch that was just decided, between two of the engine's steps.
        case inBatch(Restart.Boundary)
        /// Once the batch that was just decided is carried out.
        case afterBatch
        /// So long after.
        case later(Span)
    }

    let faults: [Fault]
    /// How often each fault's happening has come.
    private var counts: [Int]
    /// Those whose instant has come and which strike in the next batch.
    private var armed: [Int] = []
    private(set) var hasStruck: [Bool]
    /// The script's names of incidents, by the dispatcher's numbers.
    private var names: [Incident.Number: String] = [:]

    init(_ faults: [Fault]) {
        self.faults = faults
        counts = Array(repeating: 0, count: faults.count)
        hasStruck = Array(repeating: false, count: faults.count)
    }

    /// The faults that strike at an instant, by their place in the scenario.
    var timed: [(index: Int, at: Timestamp)] {
        faults.enumerated().compactMap { index, fault in
            if case .at(let instant) = fault.trigger { (index, instant) } else { nil }
        }
    }

    /// The instant of a fault has come.
    /// - Returns: whether it strikes now, and not in the next batch.
    mutating func isDue(_ index: Int) -> Bool {
        guard case .restart(let restart) = faults[index].kind, restart.boundary != nil else { return true }
        armed.append(index)
        return false
    }

    mutating func struck(_ index: Int) { hasStruck[index] = true }

    /// Is shown what was decided, before it is committed.
    /// - Parameter name: the script's, of an incident.
    /// - Returns: the faults that have found their moment, in order of the scenario.
    mutating func see(_ entries: [JournalEntry], name: (UniqueID) -> String?) -> [(index: Int, moment: Moment)] {
        guard !faults.isEmpty else { return [] }
        var found: [(index: Int, moment: Moment)] = []
        for index in armed {
            if case .restart(let restart) = faults[index].kind, let boundary = restart.boundary {
                found.append((index, .inBatch(boundary)))
            }
        }
        armed = []
        for entry in entries {
            for happening in happenings(of: entry, name: name) {
                for index in faults.indices where counts(happening, for: index) {
                    found.append((index, moment(of: faults[index])))
                }
            }
        }
        return found.sorted { $0.index < $1.index }
    }

    /// Counts a happening; whether it is the one that a fault waits for.
    private mutating func counts(_ happening: (what: Happening.What, incident: String), for index: Int) -> Bool {
        guard case .on(let wanted, _) = faults[index].trigger, wanted.what == happening.what,
            wanted.incident == happening.incident
        else { return false }
        counts[index] += 1
        return counts[index] == wanted.nth
    }

    private func moment(of fault: Fault) -> Moment {
        guard case .on(_, let after) = fault.trigger else { return .afterBatch }
        if after > .zero { return .later(after) }
        guard case .restart(let restart) = fault.kind, let boundary = restart.boundary else { return .afterBatch }
        return .inBatch(boundary)
    }

    private mutating func happenings(
        of entry: JournalEntry,
        name: (UniqueID) -> String?
    ) -> [(what: Happening.What, incident: String)] {
        var happenings: [(what: Happening.What, incident: String)] = []
        for effect in entry.effects {
            switch effect {
            case .record(.incident(let incident)):
                guard let name = name(incident.id) else { continue }
                names[incident.number] = name
                happenings.append((.committed, name))
            case .record(.acknowledgement(let acknowledgement)):
                if let name = names[acknowledgement.incident] { happenings.append((.acknowledged, name)) }
            case .refused, .answer(_, .refused):
                if let name = entry.input.incident.flatMap(name) { happenings.append((.refused, name)) }
            case .record, .answer, .send, .emit, .observe, .enterRoom, .leave: break
            }
        }
        return happenings
    }
}

extension Input {
    /// The incident that a request is about.
    fileprivate var incident: UniqueID? {
        switch self {
        case .incidentRequested(let request, _): request.id
        case .incidentChanged(let change, _): change.id
        case .incidentCancelled(let id, _): id
        default: nil
        }
    }
}
