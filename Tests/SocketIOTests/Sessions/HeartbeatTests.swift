import NIOCore
import Testing

@testable import SocketIO

@Suite struct HeartbeatTests {
    private func makeSession(
        over transport: EngineIOSession.Transport = .webSocket,
        interval: Int64 = 25,
        timeout: Int64 = 20
    ) -> EngineIOSession {
        var configuration = EngineIOServerConfiguration()
        configuration.pingInterval = .seconds(interval)
        configuration.pingTimeout = .seconds(timeout)
        var session = EngineIOSession(Shared(configuration))
        expect(session.open(over: transport, at: .second(0)), is: true)
        return session
    }

    @Test("pings go out each interval while pongs come back") func pings() throws {
        var session = makeSession()
        for second in stride(from: Int64(25), through: 100, by: 25) {
            #expect(session.nextDeadline == .second(second))
            expect(session.timeReached(.second(second)), is: .sendPing)
            #expect(session.nextDeadline == .second(second + 20), "the pong is due")
            expect(session.received(try textPacket("3"), over: .webSocket), is: .none)
            expect(session.timeReached(.second(second + 20)), is: .none)
        }
    }

    @Test("a ping that stays unanswered ends the session") func pingTimeout() {
        var session = makeSession()
        expect(session.timeReached(.second(25)), is: .sendPing)
        expect(session.timeReached(.second(44)), is: .none)
        expect(session.timeReached(.second(45)), is: .close(.pingTimeout))
    }

    @Test("a ping that our timer sends late leaves the client all its time") func lateTimer() {
        for transport in [EngineIOSession.Transport.webSocket, .polling] {
            var session = makeSession(over: transport)
            if transport == .polling { expect(session.poll(), is: .hold) }
            expect(session.timeReached(.second(60)), is: .sendPing)
            expect(session.timeReached(.second(79)), is: .none)
            expect(session.timeReached(.second(80)), is: .close(.pingTimeout))
        }
    }

    @Test(
        "a client that is late to poll has no more time for it, but as much as our timer was late",
        arguments: [(300, 320), (305, 320), (310, 320), (319, 338), (320, 340), (374, 394)]
    )
    func latePoll(wakes: Int64, pongDue: Int64) {
        var session = makeSession(over: .polling, interval: 300)
        expect(session.timeReached(.second(wakes)), is: .sendPing)
        #expect(session.nextDeadline == .second(pongDue))
        expect(session.timeReached(.second(pongDue)), is: .close(.pingTimeout))
    }

    @Test("a pong that may wait to be read, since our timer comes late, has as much time again, once")
    func lateTimerForPong() throws {
        for isAnswered in [true, false] {
            var session = makeSession(interval: 300)
            expect(session.timeReached(.second(300)), is: .sendPing)
            expect(session.timeReached(.second(327)), is: .none)
            #expect(session.nextDeadline == .second(334))
            if isAnswered { expect(session.received(try textPacket("3"), over: .webSocket), is: .none) }
            expect(session.timeReached(.second(350)), is: isAnswered ? .none : .close(.pingTimeout))
        }
    }

    @Test("with a timeout longer than the interval, the oldest unanswered ping counts") func longTimeout() throws {
        var session = makeSession(interval: 10, timeout: 25)
        expect(session.timeReached(.second(10)), is: .sendPing)
        expect(session.timeReached(.second(20)), is: .sendPing)
        expect(session.timeReached(.second(30)), is: .sendPing)
        #expect(session.nextDeadline == .second(35))
        expect(session.received(try textPacket("3"), over: .webSocket), is: .none)
        #expect(session.nextDeadline == .second(40))
        expect(session.timeReached(.second(40)), is: .sendPing)
        expect(session.timeReached(.second(65)), is: .close(.pingTimeout))
    }

    @Test("a clock that jumped makes one ping, not all that were left out") func jump() throws {
        var session = makeSession()
        expect(session.timeReached(.second(1000)), is: .sendPing)
        expect(session.received(try textPacket("3"), over: .webSocket), is: .none)
        #expect(session.nextDeadline == .second(1025))
    }
}
