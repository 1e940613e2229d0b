public import DemandResponse
public import DispatchStore
internal import Foundation
public import Logging
internal import NIOConcurrencyHelpers

/// The dispatcher as a live service: one thread owns the rules and the writing connection.
///
/// It takes all inputs that wait, handles them, writes them with their effects as one transaction that is on the disk before
/// anything is said of it, and only then carries the effects out.
///
/// A database that takes no transaction (a full disk, another writer) is tried again with the next input, or after a second;
/// meanwhile everything is refused.
///
/// `@unchecked`: `dispatcher` and `retryAt` are touched by the service thread alone, once it runs.
public final class DispatchService: InputSink, @unchecked Sendable {
    private static let retryInterval = Span.seconds(1)

    private let database: DispatchDatabase
    private let journal: DurableJournal
    private let outlets: Outlets
    private let clock: WallClock
    private let logger: Logger
    private let inbox: Inbox
    private var dispatcher: Dispatcher
    /// Set while the database takes no transaction: when it is tried again, if no input comes earlier.
    private var retryAt: Timestamp?
    private let stopped = DispatchGroup()

    /// - Parameter capacity: how many inputs may wait; beyond that `submit` refuses.
    public init(
        database: DispatchDatabase,
        outlets: Outlets,
        clock: WallClock,
        logger: Logger,
        capacity: Int = 200_000
    ) throws(StoreError) {
        self.database = database
        self.journal = DurableJournal(database)
        self.outlets = outlets
        self.clock = clock
        self.logger = logger
        inbox = Inbox(capacity: capacity)
        let snapshot = try database.readSnapshot { customer, type in
            logger.warning("customer \(customer) has a dispatch type \(type), which is unknown and ignored")
        }
        dispatcher = Dispatcher(restoring: snapshot)
    }

    /// Starts the thread; the first input is `.started`.
    public func start() {
        _ = inbox.put(.handle(Submission(.started)))
        stopped.enter()
        let thread = Thread { [self] in
            run()
            stopped.leave()
        }
        thread.name = "dispatcher"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Handles what was submitted before, then ends the thread and waits for that.
    public func stop() {
        inbox.close()
        stopped.wait()
        journal.finish()
    }

    public func submit(_ input: Input, correlation: UniqueID?) -> Bool {
        inbox.put(.handle(Submission(input, correlation: correlation, arrivedAt: clock.now())))
    }

    /// How many inputs wait, of how many that may.
    var queueDepth: (waiting: Int, capacity: Int) { inbox.depth }

    public func submit(_ inputs: [Input]) -> Bool {
        inbox.put(inputs.map { .handle(Submission($0)) })
    }

    /// Lets go of every session, after what was submitted before.
    func closeSessions() {
        _ = inbox.put(.closeSessions)
    }

    private func run() {
        while true {
            let wait = (retryAt ?? dispatcher.nextDeadline).map { deadline in
                max(0, Double((deadline - clock.now()).microseconds) / 1_000_000)
            }
            switch inbox.take(waitingAtMost: wait) {
            case .orders(let orders): carryOut(orders)
            case .nothing: handle([])
            case .closed: return
            }
        }
    }

    private func carryOut(_ orders: [Order]) {
        var submissions: [Submission] = []
        submissions.reserveCapacity(orders.count)
        for order in orders {
            switch order {
            case .handle(let submission):
                submissions.append(submission)
            case .closeSessions:
                handle(submissions)
                submissions = []
                outlets.gateway.closeAll()
            }
        }
        handle(submissions)
    }

    private func handle(_ submissions: [Submission]) {
        let now = clock.now()
        do throws(StoreError) {
            let isRecovering = retryAt != nil
            if isRecovering { dispatcher = Dispatcher(restoring: try database.readSnapshot()) }
            let entries = decide((isRecovering ? [Submission(.started)] : []) + submissions, at: now)
            guard !entries.isEmpty else { return }
            try journal.commit(entries)
            if isRecovering { logger.notice("the database takes transactions again") }
            retryAt = nil
            outlets.measure(submissions)
            outlets.carryOut(entries, sink: self)
        } catch {
            recover(from: error, submissions)
        }
    }

    private func decide(_ submissions: [Submission], at now: Timestamp) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        entries.reserveCapacity(submissions.count + 1)
        for submission in submissions {
            entries.append(handle(submission.input, at: now, correlation: submission.correlation))
        }
        if let deadline = dispatcher.nextDeadline, deadline <= now {
            entries.append(handle(.deadlineReached, at: now, correlation: nil))
        }
        return entries
    }

    private func handle(_ input: Input, at now: Timestamp, correlation: UniqueID?) -> JournalEntry {
        JournalEntry(input: input, at: now, correlation: correlation, effects: dispatcher.handle(input, at: now))
    }

    /// Nothing of the batch was kept: those who wait are told, and the sessions are closed, so that each comes back and is
    /// resynchronised. What the rules know goes back to what the database holds before they hear anything else.
    private func recover(from error: StoreError, _ submissions: [Submission]) {
        if retryAt == nil { logger.error("the database takes no transaction", metadata: ["error": "\(error)"]) }
        retryAt = clock.now() + Self.retryInterval
        outlets.abandon(submissions.compactMap(\.input.request), because: error)
    }
}
