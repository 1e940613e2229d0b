import Base
import DemandResponse
import Testing

@testable import DispatchServer

@Suite("An inbox") struct InboxTests {
    private let inbox = Inbox(capacity: 3, clock: WallClock())

    private func taken() -> Int? { inbox.takeWaiting()?.count }

    @Test func `takes as much as it has room for, and again when that is taken`() {
        #expect((1...4).map { _ in inbox.submit(.deadlineReached) } == [true, true, true, false])
        #expect(taken() == 3)
        #expect(taken() == nil)
        #expect(inbox.submit(.deadlineReached))
    }

    @Test func `takes several side by side, or none of them`() {
        #expect(inbox.submit([.deadlineReached, .deadlineReached], actor: nil))
        #expect(!inbox.submit([.deadlineReached, .deadlineReached], actor: nil))
        #expect(inbox.depth.waiting == 2)
        #expect(inbox.submit(.deadlineReached))
    }

    @Test func `takes what carriers report however full it is, at no one's cost`() {
        #expect(inbox.submit([.deadlineReached, .deadlineReached, .deadlineReached], actor: nil))
        #expect((1...100).allSatisfy { _ in inbox.submit(.deliveriesReported([])) })
        #expect(!inbox.submit(.deadlineReached))
        #expect(inbox.depth.waiting == 3)
        #expect(taken() == 103)
        #expect((1...100).allSatisfy { _ in inbox.submit(.deliveriesReported([])) })
        #expect(inbox.depth.waiting == 0)
        #expect(inbox.submit([.deadlineReached, .deadlineReached, .deadlineReached], actor: nil))
    }

    @Test func `that is closed hands out what waits, and takes no more`() {
        #expect(inbox.submit(.deadlineReached))
        inbox.close()
        #expect(!inbox.submit(.deadlineReached))
        guard case .orders(let orders) = inbox.take(waitingAtMost: nil) else {
            Issue.record("what waited is lost")
            return
        }
        #expect(orders.count == 1)
        guard case .closed = inbox.take(waitingAtMost: nil) else {
            Issue.record("it is not closed")
            return
        }
    }

    @Test func `is idle once what was taken has been handled`() {
        #expect(inbox.isIdle)
        #expect(inbox.submit(.deadlineReached))
        #expect(!inbox.isIdle)
        #expect(taken() == 1)
        #expect(!inbox.isIdle)
        #expect(taken() == nil)
        #expect(inbox.isIdle)
    }
}
