public import Base
public import DemandResponse
internal import Foundation

/// Where the edges put what happens, for the engine to take.
public protocol InputSink: AnyObject, Sendable {
    /// Takes an input, to be handled soon, in the order in which inputs are submitted.
    /// - Parameter correlation: the id under which the asker knows the request.
    /// - Returns: false when it is not taken, because too much waits already or the engine has stopped.
    func submit(_ input: Input, correlation: UniqueID?) -> Bool

    /// Takes several inputs, between which no other is handled, or none of them.
    func submit(_ inputs: [Input]) -> Bool

    /// Has the rules asked something that changes nothing and is not kept, after all that was submitted before.
    /// - Parameter question: gets the rules as they stand, or `nil` while nothing can be kept and they stand nowhere.
    /// - Returns: false when it is not going to be asked.
    func ask(_ question: @escaping Question) -> Bool
}

/// Asks rules something, at an instant.
public typealias Question = @Sendable ((any DispatchRules)?, Timestamp) -> Void

extension InputSink {
    public func submit(_ input: Input) -> Bool { submit(input, correlation: nil) }
}

/// An input on its way to the rules.
public struct Submission: Sendable {
    public var input: Input
    public var correlation: UniqueID?
    /// When it came, for how long it waited; `nil` for what the node tells itself.
    var arrivedAt: Timestamp?

    init(_ input: Input, correlation: UniqueID? = nil, arrivedAt: Timestamp? = nil) {
        self.input = input
        self.correlation = correlation
        self.arrivedAt = arrivedAt
    }
}

/// What an engine is to do.
public enum Order: Sendable {
    case handle(Submission)
    case ask(Question)
    /// Let go of every session; they come back to another server, or to this one when it is up again.
    case closeSessions
}

/// What waits for an engine: bounded, and taken all at once.
///
/// `@unchecked`: every access to the state is made under the condition's lock.
public final class Inbox: InputSink, @unchecked Sendable {
    private let condition = NSCondition()
    private let capacity: Int
    private let clock: any NodeClock
    private var waiting: [Order] = []
    private var isClosed = false
    /// What was taken last is still being handled.
    private var isBusy = false

    /// - Parameter capacity: how many orders may wait; beyond that `submit` refuses.
    public init(capacity: Int, clock: any NodeClock) {
        self.capacity = capacity
        self.clock = clock
    }

    public func submit(_ input: Input, correlation: UniqueID?) -> Bool {
        put([.handle(Submission(input, correlation: correlation, arrivedAt: clock.now()))])
    }

    public func ask(_ question: @escaping Question) -> Bool { put([.ask(question)]) }

    public func submit(_ inputs: [Input]) -> Bool { put(inputs.map { .handle(Submission($0)) }) }

    /// Puts several side by side, or none of them.
    /// - Returns: false when there is no room for all, or it is closed.
    func put(_ orders: [Order]) -> Bool {
        condition.withLock {
            guard !isClosed, waiting.count + orders.count <= capacity else { return false }
            // Whoever takes takes everything: one signal for the first is enough.
            if waiting.isEmpty { condition.signal() }
            waiting += orders
            return true
        }
    }

    /// How many wait, of how many that may.
    var depth: (waiting: Int, capacity: Int) { condition.withLock { (waiting.count, capacity) } }

    public var isEmpty: Bool { condition.withLock { waiting.isEmpty } }

    /// Whether nothing waits and nothing is being handled.
    var isIdle: Bool { condition.withLock { waiting.isEmpty && !isBusy } }

    enum Taken {
        case orders([Order])
        /// The time to wait is over and nothing came.
        case nothing
        /// Closed, and all that had been put is taken.
        case closed
    }

    /// Waits for the first order, at most for a given time, and takes all there are. What was taken before has been handled.
    /// - Parameter limit: in seconds; `nil`: for ever; 0: what is there now.
    func take(waitingAtMost limit: TimeInterval?) -> Taken {
        condition.withLock {
            isBusy = false
            let deadline = limit.map { Date(timeIntervalSinceNow: $0) }
            while waiting.isEmpty, !isClosed {
                if let deadline {
                    guard condition.wait(until: deadline) else { break }
                } else {
                    condition.wait()
                }
            }
            return takeAll().map(Taken.orders) ?? (isClosed ? .closed : .nothing)
        }
    }

    /// What is there now, without waiting; `nil`: nothing.
    public func takeWaiting() -> [Order]? {
        condition.withLock {
            isBusy = false
            return takeAll()
        }
    }

    private func takeAll() -> [Order]? {
        guard !waiting.isEmpty else { return nil }
        isBusy = true
        let taken = waiting
        waiting = []
        // As much is likely to come again: a busy server's inbox does not grow anew each time.
        waiting.reserveCapacity(min(taken.count, 1_024))
        return taken
    }

    /// Takes no more; what waits is still handed out.
    public func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }
}

extension Input {
    /// Under which somebody waits for its answer.
    var request: RequestID? {
        switch self {
        case .rosterReplaced(_, let request), .incidentRequested(_, let request), .incidentChanged(_, let request),
            .incidentCancelled(_, let request), .incidentRecalled(_, let request), .sessionJoined(_, _, let request),
            .acknowledged(_, _, let request),
            .purged(_, let request):
            request
        case .started, .sessionConnected, .sessionClosed, .deliveriesReported, .deadlineReached, .incidentsArchived,
            .accessDenied:
            nil
        }
    }
}
