internal import Base
internal import DequeModule

/// An attempt that a carrier was handed and may not have reported of. Sessions report at once, and need none of these.
struct UnreportedAttempt: Sendable {
    let overdueAt: Timestamp
    let key: DispatchKey
    let modification: Int
    let kind: Outgoing.Kind
    let attempt: Int
}

extension Dispatcher {
    /// Hands a message out, and waits for the carrier's word for a limited time.
    mutating func send(_ message: Outgoing, at now: Timestamp, into effects: inout [Effect]) {
        effects.append(.send(message))
        unreported.append(
            UnreportedAttempt(
                overdueAt: now + retries.reportWithin,
                key: message.dispatch.key,
                modification: message.dispatch.modification,
                kind: message.kind,
                attempt: message.attempt
            )
        )
    }

    /// Of a carrier that has said nothing in its time nobody knows what it did.
    mutating func giveUpFirst(at now: Timestamp, into effects: inout [Effect]) {
        guard let first = unreported.popFirst(), isUnreported(first) else { return }
        let report = DeliveryReport(
            key: first.key,
            modification: first.modification,
            kind: first.kind,
            attempt: first.attempt,
            outcome: .unknown(reason: "the \(first.key.method?.name ?? "") carrier did not report")
        )
        apply(report, at: now, into: &effects)
    }

    /// Lets go of the oldest attempts that were reported of, so that no deadline is kept for them.
    mutating func forgetReported() {
        while let first = unreported.first, !isUnreported(first) { unreported.removeFirst() }
    }

    private func isUnreported(_ attempt: UnreportedAttempt) -> Bool {
        guard let index = index(attempt.key.incident), let record = books[index].record(attempt.key),
            books[index].records[record].dispatch.modification == attempt.modification,
            let delivery = delivery(record, of: index, kind: attempt.kind)
        else { return false }
        return delivery.state == .sending && delivery.attempts == attempt.attempt
    }
}
