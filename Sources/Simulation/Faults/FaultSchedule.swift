internal import Journal
internal import Base
internal import DemandResponse
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

    /// What faults still wait for.
    var awaited: Set<Happening.What> {
        var awaited: Set<Happening.What> = []
        for (fault, count) in zip(faults, counts) {
            if case .on(let wanted, _) = fault.trigger, count < wanted.nth { awaited.insert(wanted.what) }
        }
        return awaited
    }

    /// Is shown what was decided, before it is committed.
    /// - Parameter name: the script's, of an incident.
    /// - Returns: the faults that have found their moment, in order of the scenario.
    mutating func see(_ occurrences: [Occurrence], name: (UniqueID) -> String?) -> [(index: Int, moment: Moment)] {
        guard !faults.isEmpty else { return [] }
        var found: [(index: Int, moment: Moment)] = []
        for index in armed {
            if case .restart(let restart) = faults[index].kind, let boundary = restart.boundary {
                found.append((index, .inBatch(boundary)))
            }
        }
        armed = []
        for occurrence in occurrences {
            guard let incident = incident(of: occurrence, name: name) else { continue }
            for index in faults.indices where counts(occurrence.what, of: incident, for: index) {
                found.append((index, moment(of: faults[index])))
            }
        }
        return found.sorted { $0.index < $1.index }
    }

    /// Counts a happening; whether it is the one that a fault waits for.
    private mutating func counts(_ what: Happening.What, of incident: String, for index: Int) -> Bool {
        guard case .on(let wanted, _) = faults[index].trigger, wanted.what == what, wanted.incident == incident
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

    /// The script's name of the incident; `nil` for one of somebody else's.
    private mutating func incident(of occurrence: Occurrence, name: (UniqueID) -> String?) -> String? {
        switch occurrence {
        case .committed(let incident, let number):
            if let name = name(incident) { names[number] = name }
            return names[number]
        case .acknowledged(let number): return names[number]
        case .refused(let incident): return name(incident)
        }
    }
}
