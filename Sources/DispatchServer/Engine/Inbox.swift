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

    /// Takes that a session is over. What it asked for and nobody would get an answer to any more is not decided on.
    /// - Parameter isExpelled: whether it is thrown out for what it did: then all that it submitted is dropped. Otherwise its
    ///   acknowledgements count: who acknowledges and hangs up has acknowledged.
    func close(_ session: SessionID, isExpelled: Bool) -> Bool
}

/// Asks rules something, at an instant.
public typealias Question = @Sendable ((any DispatchRules)?, Timestamp) -> Void

extension InputSink {
    public func submit(_ input: Input) -> Bool { submit(input, correlation: nil, actor: nil) }
    public func close(_ session: SessionID, isExpelled: Bool) -> Bool { submit(.sessionClosed(session)) }
}

/// An input on its way to the rules.
public struct Submission: Sendable {
    public var input: Input
    public var correlation: UniqueID?
    var actor: String?
    /// When it came, by the clock's `uptime`, for how long it waited; `nil` for what the node tells itself.
    var arrivedAt: Timestamp?
    /// Its session is gone: nothing is decided on it.
    var isVoid = false

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

/// What waits for an engine: bounded, and taken all at once and in order as long as it is little. When much waits, sessions take
/// turns, and so do they and all else: nobody waits for the many inputs of one session.
///
/// What carriers report is never refused, since a lost report would leave its message on the way for good. There are no more reports
/// than messages that the engine itself has given out, and they take no room from anybody else.
///
/// `@unchecked`: every access to the state is made under the condition's lock.
public final class Inbox: InputSink, @unchecked Sendable {
    /// As many are handed out in the order in which they came, and at most as many at once.
    static let mostInOrder = 1_024
    /// How many may wait of one session while others wait, too.
    static let mostOfOneSession = 4_096

    private let condition = MonotonicCondition()
    private let capacity: Int
    private let clock: any NodeClock
    /// For what falls due in a thousand years.
    private static let longestWait = Span.hours(1)

    /// In order; empty while `contended` is not.
    private var waiting: [Order] = []
    private var contended = FairQueue<SessionID, Order>()
    /// The sessions that are over, which the engine has not heard yet, and whether they were thrown out.
    private var closing: [SessionID: Bool] = [:]
    /// How many of those that wait take room.
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

    public func close(_ session: SessionID, isExpelled: Bool) -> Bool {
        put([.handle(Submission(.sessionClosed(session), arrivedAt: clock.uptime()))]) { closing[session] = isExpelled }
    }

    /// Puts several side by side, or none of them.
    /// - Parameter body: is run if they are taken, before anybody else may take or put.
    /// - Returns: false when there is no room for all, or it is closed.
    func put(_ orders: [Order], _ body: () -> Void = {}) -> Bool {
        let added = orders.count { $0.takesRoom }
        return condition.withLock {
            guard !isClosed, added == 0 || counted + added <= capacity, orders.allSatisfy(hasRoom) else { return false }
            counted += added
            // Whoever takes takes everything: one signal for the first is enough.
            if count == 0 { condition.signal() }
            if !contended.isEmpty || waiting.count + orders.count > Self.mostInOrder {
                contend()
                for order in orders { contended.append(order, of: order.session) }
            } else {
                waiting += orders
            }
            body()
            return true
        }
    }

    /// Puts back what was taken and not handled, before all that came since.
    func putBack(_ orders: [Order]) {
        condition.withLock {
            guard !orders.isEmpty else { return }
            counted += orders.count { $0.takesRoom }
            contend()
            for order in orders.reversed() { contended.prepend(order, of: order.session) }
        }
    }

    /// How many wait, of how many that may.
    var depth: (waiting: Int, capacity: Int) { condition.withLock { (counted, capacity) } }

    private var count: Int { waiting.count + contended.count }

    private func contend() {
        for order in waiting { contended.append(order, of: order.session) }
        waiting = []
    }

    private func hasRoom(for order: Order) -> Bool {
        guard !contended.isEmpty, case .handle(let submission) = order, let session = order.session else { return true }
        switch submission.input {
        case .sessionJoined, .acknowledged: return contended.count(of: session) < Self.mostOfOneSession
        default: return true
        }
    }

    public var isEmpty: Bool { condition.withLock { count == 0 } }

    /// Whether nothing waits and nothing is being handled.
    var isIdle: Bool { condition.withLock { count == 0 && !isBusy } }

    enum Taken {
        case orders([Order])
        /// The time to wait is over and nothing came.
        case nothing
        /// Closed, and all that had been put is taken.
        case closed
    }

    /// Waits for the first order, at most for a given time, and takes all there are, or if that is much, some of
    /// everybody. What was taken before has been handled.
    /// - Parameter limit: on the machine's monotonic clock; `nil`: for ever; zero: what is there now.
    func take(waitingAtMost limit: Span?) -> Taken {
        condition.withLock {
            isBusy = false
            let deadline = limit.map { MonotonicCondition.uptime() + min($0, Self.longestWait) }
            while count == 0, !isClosed {
                guard condition.wait(until: deadline) else { break }
            }
            return takeSome().map(Taken.orders) ?? (isClosed ? .closed : .nothing)
        }
    }

    /// What is there now, without waiting; `nil`: nothing.
    public func takeWaiting() -> [Order]? {
        condition.withLock {
            isBusy = false
            return takeAll()
        }
    }

    private func takeSome() -> [Order]? {
        guard !contended.isEmpty else { return takeAll() }
        isBusy = true
        var taken: [Order] = []
        while taken.count < Self.mostInOrder, let order = contended.next() { taken.append(order) }
        counted -= taken.count { $0.takesRoom }
        return voided(taken)
    }

    private func takeAll() -> [Order]? {
        guard count > 0 else { return nil }
        isBusy = true
        counted = 0
        guard contended.isEmpty else { return voided(contended.takeAll()) }
        let taken = waiting
        waiting = []
        // As much is likely to come again: a busy server's inbox does not grow anew each time.
        waiting.reserveCapacity(taken.count)
        return voided(taken)
    }

    /// Marks what is asked for by sessions that are gone.
    private func voided(_ orders: [Order]) -> [Order] {
        guard !closing.isEmpty else { return orders }
        return orders.map { order in
            guard case .handle(var submission) = order, let session = order.session, let isExpelled = closing[session]
            else { return order }
            switch submission.input {
            case .sessionJoined: submission.isVoid = true
            case .acknowledged: submission.isVoid = isExpelled
            // It may come again, with the same number.
            case .sessionClosed: closing[session] = nil
            default: break
            }
            return .handle(submission)
        }
    }

    /// Takes no more; what waits is still handed out.
    public func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }
}

extension Order {
    /// Whose turn it is on.
    fileprivate var session: SessionID? {
        guard case .handle(let submission) = self else { return nil }
        switch submission.input {
        case .sessionConnected(let session), .sessionJoined(let session, _, _), .sessionClosed(let session),
            .acknowledged(_, let session, _):
            return session
        default: return nil
        }
    }
}
