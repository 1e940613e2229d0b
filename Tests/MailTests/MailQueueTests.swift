import Base
import Testing

@testable import Mail

@Suite("What waits for a relay")
struct MailQueueTests {
    private typealias Queue = MailQueue<Int>
    private var now = Timestamp(microseconds: 0)

    private static func key(_ thread: Int, _ kind: String = "dispatch", modification: Int = 0) -> Queue.Key {
        Queue.Key(thread: thread, modification: modification, kind: kind)
    }

    private func queue(connections: Int = 2, waiting: Int = 10, interval: Span = .zero) -> Queue {
        Queue(Queue.Bounds(connections: connections, waiting: waiting, interval: interval))
    }

    @Test("opens as many connections as it may and needs, and gives each one message at a time")
    func connections() {
        var queue = queue()
        #expect(queue.put(Self.key(1), at: now) == [.open(1)])
        #expect(queue.put(Self.key(2), at: now) == [.open(2)])
        #expect(queue.put(Self.key(3), at: now) == [])
        #expect(queue.ready(1, at: now) == [.give(Self.key(1), 1)])
        #expect(queue.ready(2, at: now) == [.give(Self.key(2), 2)])
        #expect(queue.waitingCount == 1 && queue.underWayCount == 2)
        #expect(
            queue.finished(1, .accepted(""), goesOn: true, at: now)
                == [.report(Self.key(1), .accepted("")), .give(Self.key(3), 1)]
        )
        #expect(queue.finished(2, .accepted(""), goesOn: true, at: now) == [.report(Self.key(2), .accepted(""))])
        #expect(queue.put(Self.key(4), at: now) == [.give(Self.key(4), 2)])
    }

    @Test("sends what is asked for twice once")
    func once() {
        var queue = queue()
        #expect(queue.put(Self.key(1), at: now) == [.open(1)])
        #expect(queue.put(Self.key(1), at: now) == [])
        #expect(queue.ready(1, at: now) == [.give(Self.key(1), 1)])
        #expect(queue.put(Self.key(1), at: now) == [])
        #expect(queue.finished(1, .unknown("x"), goesOn: false, at: now) == [.report(Self.key(1), .unknown("x"))])
        #expect(queue.lost(1, because: nil, at: now) == [])
        #expect(queue.put(Self.key(1), at: now) == [.open(2)])
    }

    @Test("lets no cancellation overtake its dispatch")
    func order() {
        var queue = queue()
        _ = queue.put(Self.key(1), at: now)
        _ = queue.put(Self.key(1, "cancellation"), at: now)
        _ = queue.put(Self.key(2), at: now)
        #expect(queue.ready(1, at: now) == [.give(Self.key(1), 1)])
        #expect(queue.ready(2, at: now) == [.give(Self.key(2), 2)])
        #expect(
            queue.finished(1, .accepted(""), goesOn: true, at: now)
                == [.report(Self.key(1), .accepted("")), .give(Self.key(1, "cancellation"), 1)]
        )
    }

    @Test("puts off what it has no room for, and keeps nobody waiting for a relay that cannot be reached")
    func refusals() {
        var queue = queue(connections: 1, waiting: 2)
        _ = queue.put(Self.key(1), at: now)
        _ = queue.put(Self.key(2), at: now)
        let full = SMTPOutcome.refusedForNow("2 messages wait for the relay already")
        #expect(queue.put(Self.key(3), at: now) == [.report(Self.key(3), full)])
        let down = SMTPOutcome.refusedForNow("it refuses connections")
        #expect(
            queue.lost(1, because: "it refuses connections", at: now)
                == [.report(Self.key(1), down), .report(Self.key(2), down)]
        )
        #expect(queue.down?.since == now)
        #expect(queue.put(Self.key(1), at: now + .seconds(5)) == [.open(2)])
        #expect(queue.down?.since == now)
        #expect(queue.ready(2, at: now + .seconds(6)) == [.give(Self.key(1), 2)])
        #expect(queue.down == nil)
    }

    @Test("goes on with the connections it has when it is given no more of them")
    func fewerConnections() {
        var queue = queue()
        for thread in 1...3 { _ = queue.put(Self.key(thread), at: now) }
        _ = queue.ready(1, at: now)
        #expect(queue.lost(2, because: "421 too many connections", at: now) == [])
        #expect(queue.down == nil && queue.waitingCount == 2)
    }

    @Test("takes a message that met a dead connection to another one, once, and not if the connection was new")
    func stale() {
        var queue = queue(connections: 1)
        _ = queue.put(Self.key(1), at: now)
        _ = queue.ready(1, at: now)
        #expect(queue.finished(1, .notBegun("421"), goesOn: false, at: now) == [.report(Self.key(1), .notBegun("421"))])
        _ = queue.lost(1, because: nil, at: now)
        _ = queue.put(Self.key(2), at: now)
        _ = queue.ready(2, at: now)
        _ = queue.finished(2, .accepted(""), goesOn: true, at: now)
        #expect(queue.put(Self.key(3), at: now) == [.give(Self.key(3), 2)])
        #expect(queue.finished(2, .notBegun("broke off"), goesOn: false, at: now) == [])
        #expect(queue.lost(2, because: nil, at: now) == [.open(3)])
        #expect(queue.ready(3, at: now) == [.give(Self.key(3), 3)])
    }

    @Test("says of a message whose connection vanished without a word that nobody knows")
    func vanished() {
        var queue = queue()
        _ = queue.put(Self.key(1), at: now)
        _ = queue.ready(1, at: now)
        #expect(queue.lost(1, because: nil, at: now) == [.report(Self.key(1), .unknown("the connection was lost"))])
    }

    @Test("keeps to a rate")
    func rate() {
        var queue = queue(interval: .milliseconds(100))
        for thread in 1...3 { _ = queue.put(Self.key(thread), at: now) }
        #expect(queue.ready(1, at: now) == [.give(Self.key(1), 1)])
        #expect(queue.ready(2, at: now) == [.wake(now + .milliseconds(100))])
        #expect(queue.finished(1, .accepted(""), goesOn: true, at: now) == [.report(Self.key(1), .accepted(""))])
        let later = now + .milliseconds(100)
        #expect(queue.timeReached(later) == [.give(Self.key(2), 1), .wake(later + .milliseconds(100))])
    }
}
