internal import DemandResponse
internal import DispatchStore

/// How the customers stand at the end of a run, each once for every incident.
struct Standings: Sendable {
    enum State: Int, CaseIterable {
        case acknowledged, declined, silent, waiting, unreachable
    }

    private var counts = Array(repeating: 0, count: State.allCases.count)

    init(_ history: History) {
        var counts = counts
        history.forEachParticipation { counts[Self.state(of: $0).rawValue] += 1 }
        self.counts = counts
    }

    subscript(state: State) -> Int { counts[state.rawValue] }

    /// - Parameter records: of one customer in one incident.
    static func state(of records: ArraySlice<History.Record>) -> State {
        guard let first = records.first else { return .waiting }
        if first.acknowledgedAt != nil { return first.optedOut ? .declined : .acknowledged }
        if records.contains(where: { $0.state.hasBeenSent || $0.receivedAt != nil }) { return .silent }
        return records.allSatisfy { $0.state == .failed || $0.state == .unreachable } ? .unreachable : .waiting
    }
}
