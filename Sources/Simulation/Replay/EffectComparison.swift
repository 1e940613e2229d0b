internal import Analysis
internal import DemandResponse
internal import Journal

/// Holds the effects that a record has of each input beside those that are decided now, and keeps where they first part.
struct EffectComparison {
    private let mode: ReplayFinding.Mode
    private(set) var first: ReplayDifference?
    private(set) var differingInputs = 0

    init(mode: ReplayFinding.Mode) { self.mode = mode }

    /// - Parameter sequence: of the row of the input; of the one before, for a deadline that the record does not have.
    mutating func compare(_ recorded: [JournalRow], _ replayed: [JournalRow], sequence: Int) {
        if recorded == replayed { return }
        let (before, after) = (recorded.filter(isDecision), replayed.filter(isDecision))
        let difference: ReplayDifference
        if let row = Self.surplus(of: before, over: after).first {
            let counterpart = Self.surplus(of: after, over: before).first { $0.isAbout(row) }
            difference = ReplayDifference(recorded: row, replayed: counterpart, about: row, sequence: sequence)
        } else if let row = Self.surplus(of: after, over: before).first {
            difference = ReplayDifference(recorded: nil, replayed: row, about: row, sequence: sequence)
        } else if mode == .strict, let (old, new) = zip(before, after).first(where: { $0 != $1 }) {
            difference = ReplayDifference(recorded: old, replayed: new, about: old, sequence: sequence, isOrder: true)
        } else {
            return
        }
        differingInputs += 1
        first = first ?? difference
    }

    /// Rooms, and the word that a request was done, are how a decision is carried out; only a strict replay looks at them.
    private func isDecision(_ row: JournalRow) -> Bool {
        guard mode != .strict else { return true }
        switch row.kind {
        case .roomObservers, .roomEntered, .roomLeft, .answerDone, .rosterRecorded: return false
        default: return true
        }
    }

    /// Rows that the others do not have, or not as often, in order.
    private static func surplus(of rows: [JournalRow], over others: [JournalRow]) -> [JournalRow] {
        var counts: [JournalRow: Int] = [:]
        for row in others { counts[row, default: 0] += 1 }
        return rows.filter { row in
            guard let count = counts[row], count > 0 else { return true }
            counts[row] = count - 1
            return false
        }
    }
}

extension JournalRow {
    /// Whether both say something of the same thing, of effects of one input: the answer to a request whatever it is, a delivery
    /// however it went.
    fileprivate func isAbout(_ other: JournalRow) -> Bool {
        if let request { return request == other.request }
        return kind == other.kind && incident == other.incident && customer == other.customer && method == other.method
            && (kind != .send || state == other.state)
    }
}
