internal import Foundation

/// A bounded queue from one thread to another, which ends by saying how it went.
///
/// `@unchecked`: every access to the state is made under the condition's lock.
final class Handover<Element>: @unchecked Sendable {
    private let condition = NSCondition()
    private let capacity: Int
    private var waiting: [Element] = []
    private var isFinished = false
    private var hasEnded = false
    private var failure: (any Error)?

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Waits while the queue is full. After the taker has ended, what is put is dropped: `finish` tells why.
    /// - Returns: false when it was dropped.
    @discardableResult
    func put(_ element: Element) -> Bool {
        condition.withLock {
            while waiting.count >= capacity, !hasEnded { condition.wait() }
            if !hasEnded { waiting.append(element) }
            condition.broadcast()
            return !hasEnded
        }
    }

    /// The next element, as soon as there is one; `nil` once all is taken and the putter has finished.
    func take() -> Element? {
        condition.withLock {
            while waiting.isEmpty, !isFinished { condition.wait() }
            guard !waiting.isEmpty else { return nil }
            let element = waiting.removeFirst()
            condition.broadcast()
            return element
        }
    }

    /// The taker stops, with or without an error.
    func end(with error: (any Error)?) {
        condition.withLock {
            hasEnded = true
            failure = error
            waiting = []
            condition.broadcast()
        }
    }

    /// Waits for the taker to end.
    func finish() -> (any Error)? {
        condition.withLock {
            isFinished = true
            condition.broadcast()
            while !hasEnded { condition.wait() }
            return failure
        }
    }
}
