public import Base
public import DemandResponse
public import Journal
internal import Logging

/// What carries a dispatcher's rules out, the same in every world: it takes what waits, decides, commits, and only then carries out.
///
/// The steps stand apart, so that a world can stop, fail or crash between any two of them; `turn` does them one after the other.
///
/// A storage that takes no commit (a full disk, another writer) makes it read-only: what was asked is refused, sessions stay. The
/// storage is tried again with the next input, or after a second. Once a commit would be taken the rules begin anew with what the
/// storage holds, and are told of the sessions, each of which is resynchronised.
///
/// `@unchecked`: one thread at a time uses it, an `EngineThread` or that of a virtual world.
public final class DispatchEngine: @unchecked Sendable {
    /// Makes rules that go on from what a storage holds.
    public typealias MakeRules = @Sendable (DispatcherSnapshot) -> any DispatchRules

    /// What was decided at one instant, and is committed as one.
    public struct Batch: Sendable {
        public let at: Timestamp
        let submissions: [Submission]
        public let entries: [JournalEntry]
        /// What was put off.
        let rest: [Submission]
    }

    private struct Failure {
        let since: Timestamp
        /// When it is tried again, if no input comes earlier, by the clock's `uptime`.
        var retryAt: Timestamp
    }

    private static let retryInterval = Span.seconds(1)

    private let storage: any DispatchStorage
    private let makeRules: MakeRules
    private let outlets: Outlets
    private let onCarriedOut: (@Sendable ([JournalEntry]) -> Void)?
    private let clock: any NodeClock
    private let logger: Logger?
    private var rules: any DispatchRules
    /// When the rules want to hear of the time. Kept, since asking rules of whatever kind would copy them each time.
    private var rulesDeadline: Timestamp?
    /// Set while the storage takes no commit.
    private var failure: Failure?
    private var archiving: ArchivingSchedule?
    /// How far the clock was set, of which the rules have not heard yet.
    private var clockStep: Span?

    /// Goes on from what the storage holds. The first input is to be `.started`.
    init(
        storage: any DispatchStorage,
        makeRules: @escaping MakeRules,
        outlets: Outlets,
        clock: any NodeClock,
        logger: Logger?,
        archiveAfter: Span?,
        onCarriedOut: (@Sendable ([JournalEntry]) -> Void)?
    ) throws(StoreError) {
        self.storage = storage
        self.makeRules = makeRules
        self.outlets = outlets
        self.onCarriedOut = onCarriedOut
        self.clock = clock
        self.logger = logger
        archiving = archiveAfter.map { ArchivingSchedule(after: $0, from: clock.uptime()) }
        rules = makeRules(try storage.snapshot())
        rulesDeadline = rules.nextDeadline
    }

    /// When `turn` is to be called even if nothing waits; `nil`: nothing falls due by itself. For a world whose clock nobody sets.
    public var nextDeadline: Timestamp? {
        switch (failure?.retryAt ?? rulesDeadline, outlets.nextDeadline) {
        case (let own?, let other?): min(own, other)
        case (let own, let other): own ?? other
        }
    }

    /// How long, on the machine's clock, until `turn` is to be called even if nothing waits: what the rules wait for falls due by the clock as
    /// it is by then, intervals by one that is never set.
    func wait(on clock: WallClock) -> Span? {
        let waits = [
            failure == nil ? rulesDeadline.map(clock.wait(until:)) : nil,
            failure.map { clock.wait(untilUptime: $0.retryAt) },
            outlets.nextDeadline.map(clock.wait(untilUptime:)),
        ]
        return waits.compactMap(\.self).min()
    }

    /// Somebody has set the clock: the rules are told before anything else.
    /// - Parameter step: ahead, or back below zero.
    public func clockWasSet(by step: Span) {
        logger?.warning(
            "the machine's clock was set: incidents are judged by it as it is now, intervals go on",
            metadata: ["seconds": "\(step.wholeSeconds)"]
        )
        clockStep = (clockStep ?? .zero) + step
        archiving?.hold(at: clock.uptime())
    }

    /// Does what is to be done now.
    /// - Parameters:
    ///   - orders: what waited, in order.
    ///   - mostWork: how many entries and effects there may be before the rest is put off; one input is never parted.
    /// - Returns: the orders that were put off.
    @discardableResult
    func turn(_ orders: [Order], at now: Timestamp, mostWork: Int = .max) -> [Order] {
        outlets.timeReached(clock.uptime())
        var submissions: [Submission] = []
        submissions.reserveCapacity(orders.count)
        for (index, order) in orders.enumerated() {
            switch order {
            case .handle(let submission):
                submissions.append(submission)
            case .ask(let question):
                let rest = handle(submissions, at: now, mostWork: mostWork)
                guard rest.isEmpty else { return rest + orders[index...] }
                submissions = []
                question(failure == nil ? rules : nil, now)
            case .closeSessions:
                let rest = handle(submissions, at: now, mostWork: mostWork)
                guard rest.isEmpty else { return rest + orders[index...] }
                submissions = []
                outlets.gateway.closeAll()
            }
        }
        return handle(submissions, at: now, mostWork: mostWork)
    }

    private func handle(_ submissions: [Submission], at now: Timestamp, mostWork: Int) -> [Order] {
        guard let batch = decide(submissions, at: now, mostWork: mostWork) else { return [] }
        if commit(batch) { carryOut(batch) }
        return batch.rest.map(Order.handle)
    }

    // MARK: - The steps

    /// Has the rules decide on what was submitted, and on what has fallen due.
    /// - Parameters:
    ///   - runsDeadlines: false while more is known to happen at this very instant: a deadline comes after it.
    ///   - mostWork: see `turn`.
    /// - Returns: `nil` when there is nothing to decide, or nothing could be kept, which those who wait have been told.
    public func decide(
        _ submissions: [Submission],
        at now: Timestamp,
        runsDeadlines: Bool = true,
        mostWork: Int = .max
    ) -> Batch? {
        var submissions = submissions
        submissions.removeAll { submission in
            if submission.isVoid { outlets.forget(submission) }
            return submission.isVoid
        }
        // Who are there are introduced as one, however many they are.
        var mostWork = mostWork
        if let failure {
            if submissions.isEmpty, clock.uptime() < failure.retryAt { return nil }
            do throws(StoreError) {
                submissions = try resume() + submissions
                mostWork = .max
            } catch {
                refuse(submissions, because: error, at: now)
                return nil
            }
        }
        var entries: [JournalEntry] = []
        entries.reserveCapacity(submissions.count + 1)
        if let step = clockStep { entries.append(handle(.clockSet(by: step), at: now, correlation: nil)) }
        clockStep = nil
        let told = entries.count
        var work = 0
        for submission in submissions {
            guard work < mostWork else { break }
            var entry = handle(submission.input, at: now, correlation: submission.correlation)
            entry.actor = submission.actor
            work += 1 + entry.effects.count
            entries.append(entry)
        }
        let rest = Array(submissions.dropFirst(entries.count - told))
        submissions.removeLast(rest.count)
        rulesDeadline = rules.nextDeadline
        if runsDeadlines, let deadline = rulesDeadline, deadline <= now {
            entries.append(handle(.deadlineReached, at: now, correlation: nil))
            rulesDeadline = rules.nextDeadline
        }
        if let instant = archiving?.due(at: now, uptime: clock.uptime()) {
            let lapsed = rules.lapsedIncidents(at: instant)
            if !lapsed.isEmpty { entries.append(handle(.incidentsArchived(lapsed), at: now, correlation: nil)) }
        }
        return entries.isEmpty ? nil : Batch(at: now, submissions: submissions, entries: entries, rest: rest)
    }

    /// Has the storage keep what was decided.
    /// - Returns: false when nothing of it was kept, which those who wait have been told.
    public func commit(_ batch: Batch) -> Bool {
        do throws(StoreError) {
            try storage.commit(batch.entries)
        } catch {
            refuse(batch.submissions, because: error, at: batch.at)
            return false
        }
        if let failure { recovered(from: failure) }
        return true
    }

    /// Does what was decided, once it is kept.
    public func carryOut(_ batch: Batch) {
        outlets.measure(batch.submissions)
        outlets.carryOut(batch.entries)
        onCarriedOut?(batch.entries)
    }

    private func handle(_ input: Input, at now: Timestamp, correlation: UniqueID?) -> JournalEntry {
        JournalEntry(input: input, at: now, correlation: correlation, effects: rules.handle(input, at: now))
    }

    // MARK: - When the storage fails

    /// What the rules know goes back to what the storage holds; they hear first of those who are connected.
    private func resume() throws(StoreError) -> [Submission] {
        try storage.probe()
        rules = makeRules(try storage.snapshot())
        archiving?.begin(at: clock.uptime())
        return [Submission(.started)] + outlets.gateway.introductions().map { Submission($0) }
    }

    private func recovered(from failure: Failure) {
        self.failure = nil
        outlets.gateway.forgetMembers()
        logger?.notice(
            "the database takes transactions again",
            metadata: ["since": "\(failure.since.iso8601)"]
        )
    }

    /// Nothing of the batch was kept: those who wait are told.
    private func refuse(_ submissions: [Submission], because error: StoreError, at now: Timestamp) {
        if failure == nil {
            logger?.error("the database takes no transaction: read-only now", metadata: ["error": "\(error)"])
        }
        failure = Failure(since: failure?.since ?? now, retryAt: clock.uptime() + clock.advance(in: Self.retryInterval))
        outlets.abandon(submissions, because: error)
    }
}
