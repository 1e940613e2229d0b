import Base
import DemandResponse
import Scenarios
import Testing

@testable import Simulation

@Suite("A link") struct LinkTests {
    private static let start = Timestamp(microseconds: 1_717_400_000_000_000)

    private static func link(
        delay: Distribution = .constant(.milliseconds(40)),
        jitter: Span = .zero,
        loss: Share = .none,
        stream: String = "link"
    ) -> Simulation.Link {
        let properties = Scenarios.Link(delay: delay, jitter: jitter, loss: loss)
        return Simulation.Link(properties, stream: RandomStream(seed: 7, stream), at: start)
    }

    /// How long each of some messages is under way, sent so far from each other that none waits for another.
    private static func delays(_ link: Simulation.Link, count: Int = 2_000) -> [Span] {
        (0..<count).map { number in
            let sent = start + .seconds(Int64(number) * 100)
            return link.arrival(toServer: true, at: sent) - sent
        }
    }

    @Test func `takes its delay, each way`() {
        let link = Self.link()
        for toServer in [true, false] {
            #expect(link.arrival(toServer: toServer, at: Self.start) == Self.start + .milliseconds(40))
        }
    }

    @Test func `jitter is added to the delay, anything up to its bound`() {
        let delays = Self.delays(Self.link(jitter: .milliseconds(10)))
        #expect(delays.allSatisfy { $0 >= .milliseconds(40) && $0 <= .milliseconds(50) })
        #expect(delays.contains { $0 < .milliseconds(41) } && delays.contains { $0 > .milliseconds(49) })
    }

    @Test func `what was sent later arrives no earlier, however short its own way is`() {
        let link = Self.link(delay: .uniform(.zero, .seconds(1)))
        var latest = Self.start
        var waited = 0
        for number in 0..<1_000 {
            let sent = Self.start + .milliseconds(Int64(number))
            let arrival = link.arrival(toServer: true, at: sent)
            #expect(arrival >= latest && arrival >= sent)
            if arrival == latest { waited += 1 }
            latest = arrival
        }
        // A thousand draws from a second within a second: most have a longer one before them.
        #expect(waited > 900)
    }

    @Test func `the one way does not hold up the other`() {
        let link = Self.link(delay: .uniform(.zero, .seconds(10)))
        let there = (0..<20).map { _ in link.arrival(toServer: true, at: Self.start) }
        let back = link.arrival(toServer: false, at: Self.start)
        #expect(there.last.map { back < $0 } == true)
    }

    @Test func `what is lost is sent again after a timeout that doubles each time, and gets through in the end`() {
        let delays = Self.delays(Self.link(loss: .percent(30)))
        let timeouts = delays.map { ($0 - .milliseconds(40)).microseconds / 200_000 }
        let times = (0...8).map { (1 << $0) - 1 }
        #expect(timeouts.allSatisfy { times.contains(Int($0)) })
        // Of 2,000 messages: 30 % once or more, 9 % twice or more.
        #expect((500..<700).contains(timeouts.count { $0 >= 1 }))
        #expect((120..<240).contains(timeouts.count { $0 >= 3 }))
        let worst = Self.delays(Self.link(loss: .all), count: 3)
        #expect(worst.allSatisfy { $0 == .milliseconds(40 + 255 * 200) })
    }

    @Test func `what is behind a lost message waits for it`() {
        let link = Self.link(loss: .percent(50))
        let arrivals = (0..<200).map { link.arrival(toServer: true, at: Self.start + .milliseconds(Int64($0))) }
        #expect(zip(arrivals, arrivals.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(arrivals.count { $0 == arrivals.last } > 1)
    }

    @Test func `the same stream makes the same link, another one another`() {
        func delays(_ stream: String) -> [Span] {
            Self.delays(Self.link(jitter: .seconds(1), loss: .percent(5), stream: stream), count: 50)
        }
        #expect(delays("a") == delays("a"))
        #expect(delays("a") != delays("b"))
    }
}
