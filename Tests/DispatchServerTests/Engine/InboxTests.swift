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

    private let large = Inbox(capacity: 20_000, clock: WallClock())

    private func acknowledgement(of session: Int64) -> Input {
        .acknowledged(AcknowledgementRequest(dispatch: UniqueID(high: 0, low: 1), by: ""), SessionID(session), nil)
    }

    private func submissions(_ orders: [Order]) -> [Submission] {
        orders.compactMap { if case .handle(let submission) = $0 { submission } else { nil } }
    }

    private func sessions(_ orders: [Order]) -> [Int64] {
        submissions(orders).compactMap {
            if case .acknowledged(_, let session, _) = $0.input { session.number } else { nil }
        }
    }

    private func takeSome(_ inbox: Inbox) -> [Order] {
        if case .orders(let orders) = inbox.take(waitingAtMost: .zero) { orders } else { [] }
    }

    @Test func `lets nobody wait for the many inputs of one session`() {
        for _ in 0..<3_000 { #expect(large.submit(acknowledgement(of: 1))) }
        for session in Int64(2)...5 { #expect(large.submit(acknowledgement(of: session))) }
        #expect(large.submit(.deadlineReached))
        let first = takeSome(large)
        #expect(first.count == Inbox.mostInOrder)
        #expect(Set(sessions(Array(first.prefix(8)))) == [1, 2, 3, 4, 5])
        #expect(
            submissions(Array(first.prefix(3))).contains { if case .deadlineReached = $0.input { true } else { false } }
        )
        #expect(large.depth.waiting == 3_005 - Inbox.mostInOrder)
    }

    @Test func `has room for others when one session fills it`() {
        var taken = 0
        while large.submit(acknowledgement(of: 1)), taken < 20_000 { taken += 1 }
        #expect(taken == Inbox.mostOfOneSession)
        #expect(large.submit(acknowledgement(of: 2)))
        #expect(large.close(SessionID(1), isExpelled: true))
    }

    @Test func `takes back what was put off, before all that came since`() {
        for session in Int64(1)...3 { #expect(large.submit(acknowledgement(of: session))) }
        let orders = takeSome(large)
        #expect(large.submit(acknowledgement(of: 4)))
        large.putBack(Array(orders.dropFirst()))
        #expect(sessions(large.takeWaiting() ?? []) == [2, 3, 4])
    }

    @Test(arguments: [true, false])
    func `a session that is gone is asked nothing more; what it acknowledged counts, unless it was thrown out`(
        isExpelled: Bool
    ) {
        let session = SessionID(1)
        #expect(large.submit(.sessionJoined(session, 1, nil)))
        #expect(large.submit(acknowledgement(of: 1)))
        #expect(large.submit(acknowledgement(of: 2)))
        #expect(large.close(session, isExpelled: isExpelled))
        #expect(large.submit(.sessionJoined(session, 1, nil)))
        #expect(submissions(large.takeWaiting() ?? []).map(\.isVoid) == [true, isExpelled, false, false, false])
        #expect(large.submit(acknowledgement(of: 1)))
        #expect(submissions(large.takeWaiting() ?? []).map(\.isVoid) == [false])
    }
}
