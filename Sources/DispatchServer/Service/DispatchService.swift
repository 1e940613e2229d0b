public import Base
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
/// A database that takes no transaction (a full disk, another writer) makes it read-only: what was asked is refused, sessions
/// stay. It is tried again with the next input, or after a second. Once a transaction would be taken the rules begin anew with
/// what the database holds, and are told of the sessions, each of which is resynchronised.
///
/// `@unchecked`: `dispatcher`, `failure` and `archiving` are touched by the service thread alone, once it runs; all else is constant.
public final class DispatchService: InputSink, @unchecked Sendable {
    private struct Failure {
        let since: Timestamp
        /// When it is tried again, if no input comes earlier.
        var retryAt: Timestamp
    }

    private static let retryInterval = Span.seconds(1)

    private let database: DispatchDatabase
    private let journal: DurableJournal
    private let outlets: Outlets
    private let clock: WallClock
    private let logger: Logger
    private let inbox: Inbox
    private var dispatcher: Dispatcher
    /// Set while the database takes no transaction.
    private var failure: Failure?
    private var archiving: ArchivingSchedule?
    private let stopped = DispatchGroup()

    /// - Parameters:
    ///   - archiveAfter: how long after its end an incident takes acknowledgements; then the rules let go of its dispatches;
    ///     `nil`: for ever.
    ///   - capacity: how many inputs may wait; beyond that `submit` refuses.
    public init(
        database: DispatchDatabase,
        outlets: Outlets,
        clock: WallClock,
        logger: Logger,
        archiveAfter: Span? = nil,
        capacity: Int = 200_000
    ) throws(StoreError) {
        self.database = database
        self.journal = DurableJournal(database)
        self.outlets = outlets
        self.clock = clock
        self.logger = logger
        archiving = archiveAfter.map { ArchivingSchedule(after: $0, from: clock.now()) }
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
            let wait = nextDeadline.map { deadline in
                max(0, Double((deadline - clock.now()).microseconds) / 1_000_000)
            }
            switch inbox.take(waitingAtMost: wait) {
            case .orders(let orders): carryOut(orders)
            case .nothing: handle([])
            case .closed: return
            }
        }
    }

    private var nextDeadline: Timestamp? {
        switch (failure?.retryAt ?? dispatcher.nextDeadline, outlets.nextDeadline) {
        case (let own?, let other?): min(own, other)
        case (let own, let other): own ?? other
        }
    }

    /// Whether nobody waits for anything: all that was submitted is on the disk, and carriers have taken what they were given.
    var hasNothingUnderWay: Bool { outlets.underWayCount == 0 && inbox.isIdle }

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
        if let deadline = outlets.nextDeadline, deadline <= now { outlets.timeReached(now) }
        if let failure, submissions.isEmpty, now < failure.retryAt { return }
        do throws(StoreError) {
            let resumed = failure == nil ? [] : try resume()
            let entries = decide(resumed + submissions, at: now)
            guard !entries.isEmpty else { return }
            try journal.commit(entries)
            if let failure { recovered(from: failure) }
            outlets.measure(submissions)
            outlets.carryOut(entries, sink: self)
        } catch {
            refuse(submissions, because: error)
        }
    }

    /// What the rules know goes back to what the database holds; they hear first of those who are connected.
    private func resume() throws(StoreError) -> [Submission] {
        try database.probeWriting()
        dispatcher = Dispatcher(restoring: try database.readSnapshot())
        archiving?.begin(at: clock.now())
        return [Submission(.started)] + outlets.gateway.introductions().map { Submission($0) }
    }

    private func recovered(from failure: Failure) {
        self.failure = nil
        outlets.gateway.forgetMembers()
        logger.notice(
            "the database takes transactions again",
            metadata: ["since": "\(failure.since.iso8601)"]
        )
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
        if let instant = archiving?.due(at: now) {
            let lapsed = dispatcher.lapsedIncidents(at: instant)
            if !lapsed.isEmpty { entries.append(handle(.incidentsArchived(lapsed), at: now, correlation: nil)) }
        }
        return entries
    }

    private func handle(_ input: Input, at now: Timestamp, correlation: UniqueID?) -> JournalEntry {
        JournalEntry(input: input, at: now, correlation: correlation, effects: dispatcher.handle(input, at: now))
    }

    /// Nothing of the batch was kept: those who wait are told.
    private func refuse(_ submissions: [Submission], because error: StoreError) {
        let now = clock.now()
        if failure == nil {
            logger.error("the database takes no transaction: read-only now", metadata: ["error": "\(error)"])
        }
        failure = Failure(since: failure?.since ?? now, retryAt: now + Self.retryInterval)
        outlets.abandon(submissions, because: error)
    }
}
