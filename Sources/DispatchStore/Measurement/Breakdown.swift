public import DemandResponse
public import Measures

/// All counts and latencies of a record at once, overall and by each label: what `Measurements` says of every such selection,
/// in one walk over the records.
public struct Breakdown: Sendable {
    /// What was counted and measured under one label.
    public struct Group: Sendable, Equatable {
        public internal(set) var counts = Counts()
        public internal(set) var delivery = Population([])
        public internal(set) var acknowledgement = Population([])
        public internal(set) var confirmation = Population([])
    }

    public let overall: Group
    /// Ascending.
    public let programs: [(id: Program.ID, group: Group)]
    /// Customers by their groups, in the order of the groups' names.
    public let customerGroups: [(name: String, group: Group)]
    /// Ascending; only those of which there are records.
    public let channels: [(method: DispatchMethod, group: Group)]
    /// Ascending.
    public let incidents: [(number: Incident.Number, program: Program.ID, group: Group)]

    public init(_ history: History) {
        var tally = Tally(history)
        let groups = tally.finish()
        overall = groups[0]
        programs = tally.programs.keys.sorted().compactMap { id in tally.programs[id].map { (id, groups[$0]) } }
        customerGroups = history.byGroup().map { name, history in
            var own = Tally(history)
            return (name, own.finish()[0])
        }
        channels = DispatchMethod.allCases.map { ($0, groups[$0.rawValue]) }.filter { $0.group.counts.dispatches > 0 }
        incidents = tally.incidents.map { ($0.number, $0.program, groups[$0.group]) }
    }
}
