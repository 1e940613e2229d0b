public import Base
public import DemandResponse

/// Where the edges put what happens, for the engine to take.
public protocol InputSink: AnyObject, Sendable {
    /// Takes an input, to be handled soon, in the order in which inputs are submitted.
    /// - Parameters:
    ///   - correlation: the id under which the asker knows the request.
    ///   - actor: who the asker is, for the audit log.
    /// - Returns: false when it is not taken, because too much waits already or the engine has stopped.
    func submit(_ input: Input, correlation: UniqueID?, actor: String?) -> Bool

    /// Takes several inputs, between which no other is handled, or none of them.
    func submit(_ inputs: [Input], actor: String?) -> Bool

    /// Has the rules asked something that changes nothing and is not kept, after all that was submitted before.
    /// - Parameter question: gets the rules as they stand, or `nil` while nothing can be kept and they stand nowhere.
    /// - Returns: false when it is not going to be asked.
    func ask(_ question: @escaping Question) -> Bool
}

/// Asks rules something, at an instant.
public typealias Question = @Sendable ((any DispatchRules)?, Timestamp) -> Void

extension InputSink {
    public func submit(_ input: Input) -> Bool { submit(input, correlation: nil, actor: nil) }
}

/// An input on its way to the rules.
public struct Submission: Sendable {
    public var input: Input
    public var correlation: UniqueID?
    var actor: String?
    /// When it came, by the clock's `uptime`, for how long it waited; `nil` for what the node tells itself.
    var arrivedAt: Timestamp?

    init(_ input: Input, correlation: UniqueID? = nil, actor: String? = nil, arrivedAt: Timestamp? = nil) {
        self.input = input
        self.correlation = correlation
        self.actor = actor
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

extension Order {
    fileprivate var takesRoom: Bool {
        if case .handle(let submission) = self, case .deliveriesReported = submission.input { false } else { true }
    }
}

/// What waits for an engine: bounded, and taken all at once.
///
/// What carriers report is never refused, since a lost report would leave its message on the way for good. There are no more reports
/// than messages that the engine itself has given out, and they take no room from anybody else.
///
/// `@unchecked`: every access to the state is made under the condition's lock.
public final class Inbox: InputSink, @unchecked Sendable {
    private let condition = MonotonicCondition()
    private let capacity: Int
    private let clock: any NodeClock
    /// For what falls due in a thousand years.
    private static let longestWait = Span.hours(1)

    private var waiting: [Order] = []
    /// How many of those take room.
    private var counted = 0
    private var isClosed = false
    /// What was taken last is still being handled.
    private var isBusy = false

    /// - Parameter capacity: how many orders may wait beside reports; beyond that `submit` refuses.
    public init(capacity: Int, clock: any NodeClock) {
        self.capacity = capacity
        self.clock = clock
    }

    public func submit(_ input: Input, correlation: UniqueID?, actor: String?) -> Bool {
        put([.handle(Submission(input, correlation: correlation, actor: actor, arrivedAt: clock.uptime()))])
    }

    public func ask(_ question: @escaping Question) -> Bool { put([.ask(question)]) }

    public func submit(_ inputs: [Input], actor: String?) -> Bool {
        put(inputs.map { .handle(Submission($0, actor: actor)) })
    }

    /// Puts several side by side, or none of them.
    /// - Returns: false when there is no room for all, or it is closed.
    func put(_ orders: [Order]) -> Bool {
        let added = orders.count { $0.takesRoom }
        return condition.withLock {
            guard !isClosed, added == 0 || counted + added <= capacity else { return false }
            counted += added
            // Whoever takes takes everything: one signal for the first is enough.
            if waiting.isEmpty { condition.signal() }
            waiting += orders
            return true
        }
    }

    /// How many wait, of how many that may.
    var depth: (waiting: Int, capacity: Int) { condition.withLock { (counted, capacity) } }

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
    /// - Parameter limit: on the machine's monotonic clock; `nil`: for ever; zero: what is there now.
    func take(waitingAtMost limit: Span?) -> Taken {
        condition.withLock {
            isBusy = false
            let deadline = limit.map { MonotonicCondition.uptime() + min($0, Self.longestWait) }
            while waiting.isEmpty, !isClosed {
                guard condition.wait(until: deadline) else { break }
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
        counted = 0
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
