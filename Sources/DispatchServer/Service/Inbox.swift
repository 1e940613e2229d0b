internal import DemandResponse
internal import Foundation

/// What the service thread is to do.
enum Order {
    case handle(Submission)
    /// Let go of every session; they come back to another server, or to this one when it is up again.
    case closeSessions
}

/// What waits for the service thread: bounded, and taken all at once.
///
/// `@unchecked`: every access to the state is made under the condition's lock.
final class Inbox: @unchecked Sendable {
    private let condition = NSCondition()
    private let capacity: Int
    private var waiting: [Order] = []
    private var isClosed = false
    /// What was taken last is still being handled.
    private var isBusy = false

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// - Returns: false when full or closed.
    func put(_ order: Order) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed, waiting.count < capacity else { return false }
        waiting.append(order)
        // Whoever takes takes everything: one signal for the first is enough.
        if waiting.count == 1 { condition.signal() }
        return true
    }

    /// Puts several side by side, or none of them.
    func put(_ orders: [Order]) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed, waiting.count + orders.count <= capacity else { return false }
        if waiting.isEmpty { condition.signal() }
        waiting += orders
        return true
    }

    /// How many wait, of how many that may.
    var depth: (waiting: Int, capacity: Int) {
        condition.lock()
        defer { condition.unlock() }
        return (waiting.count, capacity)
    }

    /// Whether nothing waits and nothing is being handled.
    var isIdle: Bool {
        condition.lock()
        defer { condition.unlock() }
        return waiting.isEmpty && !isBusy
    }

    enum Taken {
        case orders([Order])
        /// The time to wait is over and nothing came.
        case nothing
        /// Closed, and all that had been put is taken.
        case closed
    }

    /// Waits for the first submission, at most for a given time, and takes all there are. What was taken before has been handled.
    func take(waitingAtMost limit: TimeInterval?) -> Taken {
        condition.lock()
        defer { condition.unlock() }
        isBusy = false
        let deadline = limit.map { Date(timeIntervalSinceNow: $0) }
        while waiting.isEmpty, !isClosed {
            if let deadline {
                guard condition.wait(until: deadline) else { break }
            } else {
                condition.wait()
            }
        }
        if !waiting.isEmpty {
            isBusy = true
            defer {
                waiting = []
                waiting.reserveCapacity(1_024)
            }
            return .orders(waiting)
        }
        return isClosed ? .closed : .nothing
    }

    /// Takes no more; what waits is still handed out.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }
}
