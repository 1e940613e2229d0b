import NIOCore
import Testing

@testable import SocketIO

@Suite struct HeartbeatTests {
    private func makeSession(interval: Int64 = 25, timeout: Int64 = 20) -> EngineIOSession {
        var configuration = EngineIOServerConfiguration()
        configuration.pingInterval = .seconds(interval)
        configuration.pingTimeout = .seconds(timeout)
        var session = EngineIOSession(Shared(configuration))
        expect(session.open(over: .webSocket, at: .second(0)), is: true)
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

    @Test("a timer that comes late gives the client no more time") func lateTimer() {
        var session = makeSession()
        expect(session.timeReached(.second(30)), is: .sendPing)
        #expect(session.nextDeadline == .second(45))
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
        var session = makeSession(interval: 10, timeout: 100)
        expect(session.timeReached(.second(99)), is: .sendPing)
        expect(session.received(try textPacket("3"), over: .webSocket), is: .none)
        #expect(session.nextDeadline == .second(109))
    }

    @Test("a clock that jumped too far ends the session: the client, too, has given it up") func jumpTooFar() {
        var session = makeSession()
        expect(session.timeReached(.second(45)), is: .close(.pingTimeout))
    }
}
