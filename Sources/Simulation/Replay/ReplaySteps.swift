internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Journal

/// The steps of a journal one by one, with a look at those to come.
struct ReplaySteps {
    private let reader: JournalReader
    private var batches: [[JournalStep]] = []
    /// In the first batch.
    private var position = 0
    /// The last instant that was looked at, and whether its inputs tell of a deadline.
    private var examined: (at: Timestamp, bringsDeadline: Bool)?

    init(_ reader: JournalReader) { self.reader = reader }

    mutating func next() throws(StoreError) -> JournalStep? {
        while batches.first.map({ position >= $0.count }) ?? true {
            if !batches.isEmpty { batches.removeFirst() }
            position = 0
            if batches.isEmpty {
                guard try fetch() else { return nil }
            }
        }
        defer { position += 1 }
        return batches[0][position]
    }

    /// Whether one of the inputs of a step's instant, from that step on, tells the rules of a deadline or of a new process, or was
    /// given while no process ran.
    mutating func bringsDeadline(with step: JournalStep) throws(StoreError) -> Bool {
        if let examined, examined.at == step.at { return examined.bringsDeadline }
        let brings = try look(from: step)
        examined = (step.at, brings)
        return brings
    }

    private mutating func look(from step: JournalStep) throws(StoreError) -> Bool {
        if step.input.isDeadlineOrStart { return true }
        var batch = 0
        var index = position
        while true {
            if batch == batches.count {
                guard try fetch() else { return false }
            }
            while index < batches[batch].count {
                let next = batches[batch][index]
                guard next.at == step.at else { return false }
                if next.input.isDeadlineOrStart { return true }
                index += 1
            }
            batch += 1
            index = 0
        }
    }

    private mutating func fetch() throws(StoreError) -> Bool {
        guard let batch = try reader.next() else { return false }
        batches.append(batch)
        return true
    }
}

extension Input {
    fileprivate var isDeadlineOrStart: Bool {
        switch self {
        case .deadlineReached, .started: true
        // For whose answer nobody waits: it stands before the start of a process.
        case .rosterReplaced(_, nil): true
        default: false
        }
    }
}
