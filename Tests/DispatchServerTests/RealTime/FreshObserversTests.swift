import Base
import DemandResponse
import Testing

@testable import DispatchServer

@Suite struct FreshObserversTests {
    private func second(_ second: Int64) -> Timestamp { Timestamp(microseconds: second * 1_000_000) }
    private let never: (SessionID) -> Bool = { _ in false }

    @Test func `whoever still observes after a moment gets what it missed, from where it came in`() {
        var fresh = FreshObservers<String>(grace: .seconds(1))
        fresh.append("before")
        fresh.add(SessionID(1), at: second(0))
        fresh.append("first")
        fresh.add(SessionID(2), at: second(2))
        fresh.append("second")
        #expect(fresh.nextDeadline == second(1))
        let early = fresh.takeDue(at: second(1), isJoining: never)
        #expect(early.map(\.session.number) == [1])
        #expect(early.first?.missed == ["first", "second"])
        fresh.append("third")
        let late = fresh.takeDue(at: second(3), isJoining: never)
        #expect(late.map(\.session.number) == [2])
        #expect(late.first?.missed == ["second", "third"])
        #expect(fresh.nextDeadline == nil)
    }

    @Test func `a session that becomes a customer's is forgotten with all it missed`() {
        var fresh = FreshObservers<String>(grace: .seconds(1))
        fresh.add(SessionID(1), at: second(0))
        fresh.append("a")
        fresh.remove(SessionID(1))
        #expect(fresh.nextDeadline == nil)
        let none = fresh.takeDue(at: second(9), isJoining: never)
        #expect(none.isEmpty)
        fresh.add(SessionID(2), at: second(9))
        let late = fresh.takeDue(at: second(10), isJoining: never)
        #expect(late.first?.missed == [])
    }

    @Test func `a handshake that the rules have not heard yet is waited for, but not for ever`() {
        var fresh = FreshObservers<String>(grace: .seconds(1))
        fresh.add(SessionID(1), at: second(0))
        fresh.append("a")
        var now: Int64 = 0
        var due: [FreshObservers<String>.Due] = []
        while due.isEmpty, now < 100 {
            now += 1
            due = fresh.takeDue(at: second(now), isJoining: { _ in true })
        }
        #expect(now == 11)
        #expect(due.first?.missed == ["a"])
    }

    @Test func `more than is kept shows as such`() {
        var fresh = FreshObservers<Int>(grace: .seconds(1))
        fresh.add(SessionID(1), at: second(0))
        fresh.append(0)
        fresh.add(SessionID(2), at: second(0))
        for number in 1...FreshObservers<Int>.mostPackets { fresh.append(number) }
        let due = fresh.takeDue(at: second(1), isJoining: never)
        #expect(due.first?.missed == nil)
        #expect(due.last?.missed?.count == FreshObservers<Int>.mostPackets)
    }
}
