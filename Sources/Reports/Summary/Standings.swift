internal import DemandResponse
internal import DispatchStore
internal import Measures

/// How the customers stand at the end of a run, each once for every incident.
struct Standings: Sendable {
    private var counts: [Standing: Int] = [:]

    init(_ history: History) {
        var counts = counts
        history.forEachParticipation { counts[Self.standing(of: $0), default: 0] += 1 }
        self.counts = counts
    }

    subscript(standing: Standing) -> Int { counts[standing] ?? 0 }

    /// - Parameter records: of one customer in one incident.
    static func standing(of records: ArraySlice<History.Record>) -> Standing {
        Standing(
            hasAnswered: records.first?.acknowledgedAt != nil,
            optedOut: records.first?.optedOut ?? false,
            isReached: records.contains { $0.state.hasBeenSent || $0.receivedAt != nil },
            states: records.lazy.map(\.state)
        )
    }
}
