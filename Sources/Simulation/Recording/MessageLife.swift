internal import Base
internal import DemandResponse

/// What became of a message that carriers were given, attempt by attempt.
struct MessageLife {
    struct Key: Hashable {
        var dispatch: DispatchKey
        var modification: Int
        var kind: Outgoing.Kind
    }

    struct Attempt {
        var number: Int
        var handedOutAt: Timestamp
        var takenAt: Timestamp?
        /// Delivered or failed.
        var ending: (outcome: DeliveryReport.Outcome, at: Timestamp)?
    }

    let key: Key
    private(set) var attempts: [Attempt] = []

    init(_ key: Key) { self.key = key }

    mutating func handedOut(_ number: Int, at instant: Timestamp) {
        attempts.append(Attempt(number: number, handedOutAt: instant))
    }

    mutating func reported(_ report: DeliveryReport, at instant: Timestamp) {
        guard let index = attempts.lastIndex(where: { $0.number == report.attempt }) else { return }
        switch report.outcome {
        case .sent: attempts[index].takenAt = attempts[index].takenAt ?? instant
        case .delivered, .failedForNow, .failedForGood, .unknown:
            attempts[index].ending = attempts[index].ending ?? (report.outcome, instant)
        }
    }
}
