internal import Base
internal import DequeModule

/// Which messages wait for a relay, which connections there are to it, and which of them carries what: without I/O. What happens comes in
/// by one method each, and what is to be done comes back in order.
///
/// Messages of one thread go one after the other: the news that something is cancelled never overtakes it. A message that is asked for
/// again while it waits or is on its way is the same message, and goes out once.
struct MailQueue<Thread: Hashable & Sendable>: Sendable {
    typealias ConnectionID = Int

    /// What a message is, whichever attempt asks for it.
    struct Key: Hashable, Sendable {
        var thread: Thread
        var modification: Int
        var kind: String
    }

    enum Action: Hashable, Sendable {
        case open(ConnectionID)
        /// The connection is to carry this message.
        case give(Key, ConnectionID)
        /// This is what became of it. Nothing more is known of the message here.
        case report(Key, SMTPOutcome)
        /// `timeReached` is to be called then.
        case wake(Timestamp)
    }

    struct Bounds: Hashable, Sendable {
        /// At least 1.
        var connections = 4
        var waiting = 20_000
        /// From the beginning of one message to that of the next, at least.
        var interval = Span.zero
    }

    /// The relay cannot be reached, or does not let anybody in.
    struct Down: Hashable, Sendable {
        var since: Timestamp
        var reason: String
    }

    private enum Connection: Hashable, Sendable {
        case opening
        case idle
        case busy(Key)
        /// It takes no more, and is about to be lost.
        case closing
    }

    private struct Job {
        var since: Timestamp
        /// It has met a connection that had died while it was idle, once.
        var isSecondTry = false
    }

    private let bounds: Bounds
    private var connections: [ConnectionID: Connection] = [:]
    /// Those that have carried a message.
    private var used: Set<ConnectionID> = []
    private var nextConnection = 1
    private var waiting: Deque<Key> = []
    private var jobs: [Key: Job] = [:]
    private var busyThreads: Set<Thread> = []
    private var nextStart = Timestamp(microseconds: .min)
    private var isAwaited = false
    /// The relay has refused one connection beside others: until then it is asked for no more.
    private var opensFrom = Timestamp(microseconds: .min)
    private(set) var down: Down?

    init(_ bounds: Bounds) { self.bounds = bounds }

    var waitingCount: Int { waiting.count }
    var underWayCount: Int { busyThreads.count }
    /// Since when the one has waited that has waited longest.
    var oldestSince: Timestamp? { waiting.first.flatMap { jobs[$0]?.since } }

    /// Whether a message waits or is on its way.
    func has(_ key: Key) -> Bool { jobs[key] != nil }

    // MARK: - What happens

    mutating func put(_ key: Key, at now: Timestamp) -> [Action] {
        guard jobs[key] == nil else { return [] }
        guard waiting.count < bounds.waiting else {
            return [.report(key, .refusedForNow("\(waiting.count) messages wait for the relay already"))]
        }
        jobs[key] = Job(since: now)
        waiting.append(key)
        return pump(at: now)
    }

    /// A connection can take a message.
    mutating func ready(_ connection: ConnectionID, at now: Timestamp) -> [Action] {
        guard connections[connection] == .opening else { return [] }
        down = nil
        connections[connection] = .idle
        return pump(at: now)
    }

    /// What became of the message that a connection carried.
    /// - Parameter goesOn: it can take another one; else `lost` follows.
    mutating func finished(_ connection: ConnectionID, _ outcome: SMTPOutcome, goesOn: Bool, at now: Timestamp)
        -> [Action]
    {
        guard case .busy(let key)? = connections[connection] else { return [] }
        let wasUsed = !used.insert(connection).inserted
        busyThreads.remove(key.thread)
        connections[connection] = goesOn ? .idle : .closing
        if case .notBegun = outcome, wasUsed, jobs[key]?.isSecondTry == false {
            jobs[key]?.isSecondTry = true
            waiting.prepend(key)
            return pump(at: now)
        }
        return report(key, outcome) + pump(at: now)
    }

    /// A connection is no more, or never came to be.
    /// - Parameter reason: why it was of no use, if it was not.
    mutating func lost(_ connection: ConnectionID, because reason: String?, at now: Timestamp) -> [Action] {
        guard let state = connections.removeValue(forKey: connection) else { return [] }
        used.remove(connection)
        var actions: [Action] = []
        if case .busy(let key) = state {
            busyThreads.remove(key.thread)
            actions += report(key, .unknown(reason ?? "the connection was lost"))
        }
        if let reason, state == .opening, connections.values.allSatisfy({ $0 == .opening || $0 == .closing }) {
            down = down ?? Down(since: now, reason: reason)
            down?.reason = reason
            // What waits has failed for now, all of it: whoever asked comes back, later and later, and nobody waits in vain.
            let keys = waiting
            waiting = []
            for key in keys { actions += report(key, .refusedForNow(reason)) }
        } else if reason != nil {
            opensFrom = now + .seconds(30)
        }
        return actions + pump(at: now)
    }

    mutating func timeReached(_ now: Timestamp) -> [Action] {
        isAwaited = false
        return pump(at: now)
    }

    // MARK: - What follows

    private mutating func report(_ key: Key, _ outcome: SMTPOutcome) -> [Action] {
        jobs.removeValue(forKey: key) == nil ? [] : [.report(key, outcome)]
    }

    /// Gives what waits to whatever connection is free, and opens one for what is left.
    private mutating func pump(at now: Timestamp) -> [Action] {
        var actions: [Action] = []
        for connection in connections.keys.sorted() where connections[connection] == .idle {
            guard let index = waiting.firstIndex(where: { !busyThreads.contains($0.thread) }) else { return actions }
            if now < nextStart {
                if !isAwaited { actions.append(.wake(nextStart)) }
                isAwaited = true
                return actions
            }
            nextStart = max(nextStart, now) + bounds.interval
            let key = waiting.remove(at: index)
            busyThreads.insert(key.thread)
            connections[connection] = .busy(key)
            actions.append(.give(key, connection))
        }
        var opening = connections.values.count { $0 == .opening }
        guard connections.isEmpty || now >= opensFrom else { return actions }
        // Of two messages of one thread the later waits for the earlier, on whatever connection.
        while connections.count < bounds.connections, opening < waiting.count {
            connections[nextConnection] = .opening
            actions.append(.open(nextConnection))
            nextConnection += 1
            opening += 1
        }
        return actions
    }
}
