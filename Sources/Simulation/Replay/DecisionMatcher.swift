internal import DemandResponse
internal import DispatchStore
internal import Journal

/// Pairs what a record holds with what is decided now, input by input, and keeps what differs.
///
/// What finds no partner among the effects of its own input waits for one: the same decision at another instant has moved.
struct DecisionMatcher {
    /// Beyond this many differences they are only counted: a change of everything is understood from its first part.
    private static let mostKept = 200_000

    private let mode: ReplayFinding.Mode
    private var differences: [ReplayDifference] = []
    private var missing: [DecisionIdentity: [Int]] = [:]
    private var extra: [DecisionIdentity: [Int]] = [:]
    /// Of the row of the input whose effects are matched.
    var sequence = 0

    init(mode: ReplayFinding.Mode) { self.mode = mode }

    var hasDifferences: Bool { !differences.isEmpty }

    mutating func match(_ recorded: [JournalRow], _ replayed: [JournalRow]) {
        let recorded = recorded.filter(isDecision)
        let replayed = replayed.filter(isDecision)
        if recorded == replayed { return }
        var (old, new) = Self.unequal(recorded, replayed)
        if old.isEmpty, new.isEmpty {
            if mode == .strict, let (before, after) = zip(recorded, replayed).first(where: { $0 != $1 }) {
                keep(
                    ReplayDifference(.reordered, recorded: before, replayed: after, about: before, sequence: sequence)
                )
            }
            return
        }
        pair(&old, &new, by: { DecisionIdentity($0) })
        pair(&old, &new, by: DecisionIdentity.init(nearby:))
        for row in old.compactMap(\.self) { wait(row, isRecorded: true) }
        for row in new.compactMap(\.self) { wait(row, isRecorded: false) }
    }

    /// Rooms, and the word that a request was done, are how a decision is carried out; only a strict replay looks at them.
    private func isDecision(_ row: JournalRow) -> Bool {
        switch mode {
        case .strict: true
        case .decisions:
            switch row.kind {
            case .roomObservers, .roomEntered, .roomLeft, .answerDone, .rosterRecorded: false
            default: true
            }
        case .resimulation:
            // Live clients come back with sessions of their own.
            switch row.kind {
            case .incidentRecorded, .dispatchRecorded, .acknowledgementRecorded, .send: true
            default: false
            }
        }
    }

    /// What is left of both sides without the rows that they share, in order.
    private static func unequal(_ recorded: [JournalRow], _ replayed: [JournalRow]) -> ([JournalRow?], [JournalRow?]) {
        var surplus: [JournalRow: Int] = [:]
        for row in replayed { surplus[row, default: 0] += 1 }
        let old = recorded.filter { row in
            guard let count = surplus[row], count > 0 else { return true }
            surplus[row] = count - 1
            return false
        }
        let new = replayed.filter { row in
            guard let count = surplus[row], count > 0 else { return false }
            surplus[row] = count - 1
            return true
        }
        return (old, new)
    }

    /// Pairs rows of the same identity in order, and takes them from both sides.
    private mutating func pair(
        _ old: inout [JournalRow?],
        _ new: inout [JournalRow?],
        by identity: (JournalRow) -> DecisionIdentity
    ) {
        var places: [DecisionIdentity: [Int]] = [:]
        for (index, row) in new.enumerated().reversed() {
            if let row { places[identity(row), default: []].append(index) }
        }
        for index in old.indices {
            guard let before = old[index], let place = places[identity(before)]?.popLast(), let after = new[place]
            else {
                continue
            }
            old[index] = nil
            new[place] = nil
            keep(ReplayDifference(.changed, recorded: before, replayed: after, about: before, sequence: sequence))
        }
    }

    /// Looks for the same decision among those of other inputs, and waits there if there is none yet.
    private mutating func wait(_ row: JournalRow, isRecorded: Bool) {
        let identity = DecisionIdentity(row)
        if let index = isRecorded ? extra.takeFirst(identity) : missing.takeFirst(identity) {
            let other = differences[index].row
            differences[index] = ReplayDifference(
                .moved,
                recorded: isRecorded ? row : other,
                replayed: isRecorded ? other : row,
                about: other,
                sequence: differences[index].sequence
            )
            return
        }
        let difference = ReplayDifference(
            isRecorded ? .missing : .extra,
            recorded: isRecorded ? row : nil,
            replayed: isRecorded ? nil : row,
            about: row,
            sequence: sequence
        )
        guard keep(difference) else { return }
        if isRecorded {
            missing[identity, default: []].append(differences.count - 1)
        } else {
            extra[identity, default: []].append(differences.count - 1)
        }
    }

    @discardableResult
    private mutating func keep(_ difference: ReplayDifference) -> Bool {
        guard differences.count < Self.mostKept else { return false }
        differences.append(difference)
        return true
    }

    /// All differences, in the order in which they showed.
    mutating func finish() -> [ReplayDifference] {
        var consequences = Consequences()
        return differences.map { difference in
            var difference = difference
            difference.isConsequence = consequences.take(difference)
            return difference
        }
    }
}

extension [DecisionIdentity: [Int]] {
    fileprivate mutating func takeFirst(_ identity: DecisionIdentity) -> Int? {
        guard let first = self[identity]?.first else { return nil }
        self[identity]?.removeFirst()
        if self[identity]?.isEmpty == true { self[identity] = nil }
        return first
    }
}
