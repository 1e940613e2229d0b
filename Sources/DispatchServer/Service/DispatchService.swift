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
/// `@unchecked`: `dispatcher` is touched by the service thread alone, once it runs.
public final class DispatchService: InputSink, @unchecked Sendable {
    private let database: DispatchDatabase
    private let journal: DurableJournal
    private let outlets: Outlets
    private let clock: WallClock
    private let logger: Logger
    private let inbox: Inbox
    private var dispatcher: Dispatcher
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
        dispatcher = Dispatcher(restoring: try database.readSnapshot())
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
        inbox.put(.handle(Submission(input, correlation: correlation)))
    }

    /// How many inputs wait, of how many that may.
    var queueDepth: (waiting: Int, capacity: Int) { inbox.depth }

    /// Lets go of every session, after what was submitted before.
    func closeSessions() {
        _ = inbox.put(.closeSessions)
    }

    private func run() {
        while true {
            let wait = dispatcher.nextDeadline.map { deadline in
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
        var entries: [JournalEntry] = []
        entries.reserveCapacity(submissions.count + 1)
        for submission in submissions {
            entries.append(handle(submission.input, at: now, correlation: submission.correlation))
        }
        if let deadline = dispatcher.nextDeadline, deadline <= now {
            entries.append(handle(.deadlineReached, at: now, correlation: nil))
        }
        guard !entries.isEmpty else { return }
        do {
            try journal.commit(entries)
        } catch {
            recover(from: error, entries)
            return
        }
        outlets.carryOut(entries, sink: self)
    }

    private func handle(_ input: Input, at now: Timestamp, correlation: UniqueID?) -> JournalEntry {
        JournalEntry(input: input, at: now, correlation: correlation, effects: dispatcher.handle(input, at: now))
    }

    /// Nothing of the batch was kept: the rules go back to what the database holds, those who wait are told, and the sessions
    /// are closed, so that each comes back and is resynchronised.
    private func recover(from error: StoreError, _ entries: [JournalEntry]) {
        logger.error("the database refused a transaction", metadata: ["error": "\(error)"])
        outlets.abandon(entries, because: error)
        do {
            dispatcher = Dispatcher(restoring: try database.readSnapshot())
        } catch {
            logger.critical("the database cannot be read either", metadata: ["error": "\(error)"])
        }
        // Handled like any other input once there is time: its effects are committed and carried out.
        _ = inbox.put(.handle(Submission(.started)))
    }
}
