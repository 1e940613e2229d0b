import Base
import DemandResponse
import TestSupport
import Testing

@testable import Simulation

@Suite("An agenda") struct AgendaTests {
    private static func instant(_ seconds: Int) -> Timestamp { Timestamp(microseconds: Int64(seconds) * 1_000_000) }

    private static func takeAll<Event>(_ agenda: inout Agenda<Event>) -> [Event] {
        var events: [Event] = []
        while let next = agenda.take() { events.append(next.event) }
        return events
    }

    @Test func `what is due first comes first, however it was put in`() {
        var agenda = Agenda<String>()
        for (event, seconds) in [("c", 3), ("a", 1), ("d", 4), ("b", 2)] {
            agenda.put(event, at: Self.instant(seconds))
        }
        #expect(agenda.count == 4)
        #expect(agenda.next == Self.instant(1))
        #expect(Self.takeAll(&agenda) == ["a", "b", "c", "d"])
    }

    @Test func `of one instant it keeps the order in which things were put in`() {
        var agenda = Agenda<Int>()
        for number in 0..<100 { agenda.put(number, at: Self.instant(number % 3)) }
        let expected = (0..<3).flatMap { second in (0..<100).filter { $0 % 3 == second } }
        #expect(Self.takeAll(&agenda) == expected)
    }

    @Test func `with nothing in it nothing is next, and nothing is taken`() {
        var agenda = Agenda<Int>()
        #expect(agenda.next == nil)
        #expect(agenda.take() == nil)
        agenda.put(1, at: Self.instant(1))
        #expect(agenda.take()?.at == Self.instant(1))
        #expect(agenda.count == 0)
        #expect(agenda.take() == nil)
    }

    /// Places of events that were taken are used again: none may be taken for another.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `whatever comes and goes, it is a list in order of time and of arrival`(_ seed: UInt64) {
        var generator = RandomStream(state: seed)
        var agenda = Agenda<Int>()
        var model: [(at: Timestamp, event: Int)] = []
        for event in 0..<2_000 {
            if generator.below(3) > 0 {
                let at = Self.instant(generator.below(50))
                agenda.put(event, at: at)
                model.insert((at, event), at: model.firstIndex { $0.at > at } ?? model.endIndex)
            } else {
                let taken = agenda.take()
                let expected = model.isEmpty ? nil : model.removeFirst()
                #expect(taken?.event == expected?.event && taken?.at == expected?.at)
            }
            #expect(agenda.count == model.count && agenda.next == model.first?.at)
        }
        #expect(Self.takeAll(&agenda) == model.map(\.event))
    }

    @Test func `what was taken is let go`() {
        final class Event {}
        var agenda = Agenda<Event>()
        weak var event: Event?
        do {
            let made = Event()
            event = made
            agenda.put(made, at: Self.instant(1))
        }
        #expect(event != nil)
        _ = agenda.take()
        #expect(event == nil)
    }
}
