import NIOCore
import SocketIO
import Testing

@testable import DispatchServer

@Suite("What a session says whose it is") struct JoiningTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let rate = RateLimit(perSecond: 10, burst: 100)

    @Test func `the same again goes to the rules once, and is answered as before`() {
        var joining = Joining()
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .join)
        #expect(joining.handshake(as: 1, acknowledgement: 7, rate, at: start) == .wait)
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .wait)
        #expect(joining.settled(1, open: 3, cost: 5) == [7])
        for _ in 0..<1_000 {
            #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .joined(openDispatches: 3))
        }
    }

    @Test func `who was refused may say the same again`() {
        var joining = Joining()
        #expect(joining.handshake(as: 9, acknowledgement: nil, rate, at: start) == .join)
        #expect(joining.settled(9, open: nil, cost: 1) == [])
        #expect(joining.handshake(as: 9, acknowledgement: nil, rate, at: start) == .join)
    }

    @Test func `another customer is a new join, and each waits for its own answer`() {
        var joining = Joining()
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .join)
        #expect(joining.handshake(as: 1, acknowledgement: 4, rate, at: start) == .wait)
        #expect(joining.handshake(as: 2, acknowledgement: nil, rate, at: start) == .join)
        #expect(joining.handshake(as: 2, acknowledgement: 5, rate, at: start) == .wait)
        #expect(joining.settled(1, open: 0, cost: 1) == [4])
        #expect(joining.settled(2, open: 0, cost: 1) == [5])
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .join)
    }

    @Test func `a resync counts as what it sends, and the next waits until that is made up for`() {
        var joining = Joining()
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .join)
        _ = joining.settled(1, open: 150, cost: 150)
        #expect(joining.handshake(as: 2, acknowledgement: nil, rate, at: start + .seconds(5)) == .refuse)
        // It is the same still, and that is free.
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .joined(openDispatches: 150))
        #expect(joining.handshake(as: 2, acknowledgement: nil, rate, at: start + .seconds(6)) == .join)
    }

    @Test func `only so many are on their way at a time`() {
        var joining = Joining()
        for customer in 1...Joining.mostUnderWay {
            #expect(joining.handshake(as: customer, acknowledgement: nil, nil, at: start) == .join)
        }
        #expect(joining.handshake(as: 100, acknowledgement: nil, nil, at: start) == .refuse)
        _ = joining.settled(1, open: 0, cost: 1)
        #expect(joining.handshake(as: 100, acknowledgement: nil, nil, at: start) == .join)
    }

    @Test func `who has left may join again, with what is left of the budget`() {
        var joining = Joining()
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .join)
        _ = joining.settled(1, open: 200, cost: 200)
        joining.leave()
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start) == .refuse)
        #expect(joining.handshake(as: 1, acknowledgement: nil, rate, at: start + .seconds(11)) == .join)
    }
}
