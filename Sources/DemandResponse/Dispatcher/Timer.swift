internal import Base
internal import DequeModule
internal import HeapModule

/// Something that falls due. Timers are never taken back: one that has been overtaken finds nothing to do.
struct Timer: Comparable, Sendable {
    enum What: Hashable, Sendable {
        case end(Incident.Number)
        /// An incident without an end has lasted as long as its program allows.
        case longest(Incident.Number)
        case retry(DispatchKey, modification: Int, Outgoing.Kind, after: Int)
    }

    let at: Timestamp
    let what: What

    /// By time; ties by what they are about, so that the order never depends on how they were put in.
    static func < (a: Timer, b: Timer) -> Bool {
        a.at != b.at ? a.at < b.at : a.rank.lexicographicallyPrecedes(b.rank)
    }

    private var rank: [Int] {
        switch what {
        case .end(let number):
            [0, number]
        case .longest(let number):
            [2, number]
        case .retry(let key, let modification, let kind, let attempts):
            [
                1, key.incident, key.customer, key.method?.rawValue ?? 0, modification,
                kind == .dispatch ? 0 : 1, attempts,
            ]
        }
    }
}

extension Dispatcher {
    mutating func schedule(_ timer: Timer) {
        timers.insert(timer)
    }

    /// Somebody set the clock. Pauses and the time for a report go on as if nobody had; which incidents are over is asked anew.
    mutating func followClock(by step: Span, at now: Timestamp) {
        let old = timers.unordered
        timers = Heap()
        for timer in old {
            if case .retry = timer.what { timers.insert(Timer(at: timer.at + step, what: timer.what)) }
        }
        unreported = Deque(
            unreported.map { attempt in
                UnreportedAttempt(
                    overdueAt: attempt.overdueAt + step,
                    key: attempt.key,
                    modification: attempt.modification,
                    kind: attempt.kind,
                    attempt: attempt.attempt
                )
            }
        )
        current = []
        for book in books where !book.isArchived && !hasLapsed(book.incident, at: now) {
            current.append(book.incident.number)
            scheduleEnd(of: book.incident)
        }
        for book in books where !book.isArchived { scheduleLongest(of: book.incident) }
        // What has just lapsed is withdrawn at once.
        for book in books where !book.isArchived && hasLapsed(book.incident, at: now) { scheduleEnd(of: book.incident) }
    }

    /// Runs what is due, in order. Bounded by what there is: nothing of it sets a deadline that is due at once.
    mutating func runTimers(at now: Timestamp, into effects: inout [Effect]) {
        while let deadline = nextDeadline, deadline <= now {
            guard let timer = timers.min, timer.at == deadline else {
                giveUpFirst(at: now, into: &effects)
                continue
            }
            timers.removeMin()
            switch timer.what {
            case .end(let number):
                end(number, at: now, into: &effects)
            case .longest(let number):
                endLongest(number, at: now, into: &effects)
            case .retry(let key, let modification, let kind, let attempts):
                retry(key, modification: modification, kind, after: attempts, at: now, into: &effects)
            }
        }
    }

    /// What waits in vain for an incident that has ended is withdrawn, and a resync no longer looks at it.
    private mutating func end(_ number: Incident.Number, at now: Timestamp, into effects: inout [Effect]) {
        guard let index = index(number), hasLapsed(books[index].incident, at: now) else { return }
        for record in books[index].records.indices { withdraw(record, of: index, kind: .dispatch, into: &effects) }
        if let news = books[index].incident.closing?.kind.news {
            for record in books[index].closings.keys.sorted() {
                withdraw(record, of: index, kind: news, into: &effects)
            }
        }
        current.removeAll { $0 == number }
    }
}
