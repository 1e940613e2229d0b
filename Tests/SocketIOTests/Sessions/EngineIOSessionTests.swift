import NIOCore
import Testing

@testable import SocketIO

/// The machine that serves both transports, without either.
@Suite struct EngineIOSessionTests {
    private let configuration: EngineIOServerConfiguration = {
        var configuration = EngineIOServerConfiguration()
        configuration.maximumQueuedBytes = 300
        return configuration
    }()

    private func makeSession(over transport: EngineIOSession.Transport) -> EngineIOSession {
        var session = EngineIOSession(Shared(configuration))
        expect(session.open(over: transport, at: .second(0)), is: true)
        return session
    }

    private func frame(_ text: String) -> ByteBuffer { EngineIOMessage.text(ByteBuffer(string: text)).frame }
    private func body(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    static let packetTable: [(String, EngineIOSession.Action)] = [
        ("4hello", .message(.text(ByteBuffer(string: "hello")))), ("4", .message(.text(ByteBuffer()))),
        ("3", .none), ("3probe", .none), ("6", .none),
        ("1", .leave),
        ("0{}", .close(.parseError)), ("2", .close(.parseError)), ("2probe", .close(.parseError)),
        ("5", .close(.parseError)),
    ]

    @Test("a packet means the same, whatever brings it", arguments: packetTable)
    func packets(text: String, action: EngineIOSession.Action) throws {
        for transport in [EngineIOSession.Transport.polling, .webSocket] {
            var session = makeSession(over: transport)
            expect(session.received(try textPacket(text), over: transport), is: action)
            let other = transport == .polling ? EngineIOSession.Transport.webSocket : .polling
            expect(session.received(try textPacket(text), over: other), is: .none, "it is not there")
        }
    }

    @Test("before there is a transport nothing counts, and there is a first one only once") func idle() throws {
        var session = EngineIOSession(Shared(configuration))
        expect(session.received(try textPacket("4a"), over: .webSocket), is: .none)
        expect(session.timeReached(.second(99)), is: .none)
        expect(session.poll(), is: .refuse(.unknownSession))
        expect(session.beginPush(), is: .refuse(.unknownSession))
        #expect(session.nextDeadline == nil)
        expect(session.open(over: .polling, at: .second(0)), is: true)
        expect(session.open(over: .webSocket, at: .second(0)), is: false)
    }

    // MARK: Polling

    @Test("a poll waits until there is something to say, and is answered once") func holding() {
        var session = makeSession(over: .polling)
        expect(session.flush(), is: nil)
        expect(session.poll(), is: .hold)
        expect(session.flush(), is: nil)
        expect(session.write(frame("a")), is: true)
        expect(session.write(frame("é")), is: true)
        expect(session.flush(), is: body("4a\u{1E}4é"))
        expect(session.flush(), is: nil)
        expect(session.write(frame("c")), is: true)
        expect(session.flush(), is: nil, "nobody waits")
        expect(session.poll(), is: .answer(body("4c")))
    }

    @Test("binary goes as base64") func binary() {
        var session = makeSession(over: .polling)
        expect(session.write(frame("a")), is: true)
        expect(session.write(EngineIOMessage.binary(ByteBuffer(bytes: [1, 2, 3, 4])).frame), is: true)
        expect(session.poll(), is: .answer(body("4a\u{1E}bAQIDBA==")))
    }

    @Test("two polls at once end the session, and the first is told so") func twoPolls() {
        var session = makeSession(over: .polling)
        expect(session.poll(), is: .hold)
        expect(session.poll(), is: .close(.transportError))
        expect(session.close(.transportError, at: .second(1)), is: .forget(answer: body("1")))
        expect(session.poll(), is: .refuse(.unknownSession))
    }

    @Test("two requests with data at once end the session, one after the other do not") func twoPushes() {
        var session = makeSession(over: .polling)
        for _ in 0..<3 {
            expect(session.beginPush(), is: .accept)
            expect(session.endPush(), is: true)
        }
        expect(session.beginPush(), is: .accept)
        expect(session.beginPush(), is: .close(.transportError))
    }

    @Test("no answer brings more packets than clients take, and the next goes on") func manyPackets() {
        var session = EngineIOSession(Shared(EngineIOServerConfiguration()))
        expect(session.open(over: .polling, at: .second(0)), is: true)
        let frames = (0..<40).map { frame("\($0)") }
        for frame in frames { expect(session.write(frame), is: true) }
        for range in [0..<16, 16..<32, 32..<40] {
            let text = range.map { "4\($0)" }.joined(separator: "\u{1E}")
            expect(session.poll(), is: .answer(body(text)))
        }
        expect(session.poll(), is: .hold)
    }

    @Test("what may wait for a poll has a bound") func bound() {
        var session = makeSession(over: .polling)
        expect(session.write(frame(String(repeating: "x", count: 30))), is: true)
        expect(session.write(frame(String(repeating: "x", count: 10))), is: false)
    }

    @Test("a client that leaves has the poll that waits answered with a noop") func clientLeaves() throws {
        var session = makeSession(over: .polling)
        expect(session.poll(), is: .hold)
        expect(session.received(try textPacket("1"), over: .polling), is: .leave)
        expect(session.leave(at: .second(1)), is: false)
        expect(session.close(.transportClose, at: .second(1)), is: .forget(answer: body("6")))
        expect(session.close(.transportClose, at: .second(1)), is: nil)
    }

    @Test("a poll that crosses the client's leave is answered with a noop", arguments: [true, false])
    func crossing(comes: Bool) throws {
        var session = makeSession(over: .polling)
        expect(session.received(try textPacket("1"), over: .polling), is: .leave)
        expect(session.leave(at: .second(1)), is: true)
        #expect(session.nextDeadline == .second(1) + .milliseconds(100))
        expect(session.received(try textPacket("4a"), over: .polling), is: .none)
        expect(session.beginPush(), is: .refuse(.unknownSession))
        expect(session.beginUpgrade(at: .second(1)), is: false)
        expect(session.timeReached(.second(1)), is: .none)
        if comes {
            expect(session.poll(), is: .holdAndClose)
        } else {
            expect(session.timeReached(.second(2)), is: .close(.transportClose))
        }
        expect(session.close(.transportClose, at: .second(2)), is: .forget(answer: comes ? body("6") : nil))
        expect(session.poll(), is: .refuse(.unknownSession))
    }

    @Test("a client that leaves over WebSocket is gone at once") func leavesWebSocket() throws {
        var session = makeSession(over: .webSocket)
        expect(session.received(try textPacket("1"), over: .webSocket), is: .leave)
        expect(session.leave(at: .second(1)), is: false)
    }

    @Test("a client thrown out between two polls is told by the next, for a while") func lastWords() {
        for isInTime in [true, false] {
            var session = makeSession(over: .polling)
            expect(session.write(frame("1")), is: true)
            expect(session.close(.serverNamespaceDisconnect, at: .second(1)), is: .linger)
            #expect(!session.isOpen)
            #expect(session.nextDeadline == .second(21))
            expect(session.beginPush(), is: .refuse(.unknownSession))
            expect(session.close(.serverNamespaceDisconnect, at: .second(1)), is: nil)
            if isInTime {
                expect(session.timeReached(.second(20)), is: .none)
                expect(session.poll(), is: .answerAndForget(body("41\u{1E}1")))
            } else {
                expect(session.timeReached(.second(21)), is: .forget)
            }
            expect(session.poll(), is: .refuse(.unknownSession))
        }
    }

    @Test("a WebSocket's session is not to be polled") func wrongTransport() {
        var session = makeSession(over: .webSocket)
        expect(session.poll(), is: .refuse(.badRequest))
        expect(session.beginPush(), is: .refuse(.badRequest))
        expect(session.beginUpgrade(at: .second(1)), is: false)
    }

    // MARK: Upgrading

    @Test("a WebSocket probes and takes over, with what waits") func upgrade() throws {
        var session = makeSession(over: .polling)
        expect(session.poll(), is: .hold)
        expect(session.beginUpgrade(at: .second(1)), is: true)
        #expect(session.transport == .polling)
        expect(session.flush(), is: nil, "not probed yet")
        expect(session.received(try textPacket("2probe"), over: .webSocket), is: .answerProbe)
        expect(session.flush(), is: body("6"))
        expect(session.poll(), is: .answer(body("6")), "polls are released from now on")
        expect(session.write(frame("a")), is: true)
        expect(session.poll(), is: .answer(body("4a")))
        expect(session.write(frame("b")), is: true)
        expect(session.received(try textPacket("5"), over: .webSocket), is: .upgraded(waiting: [frame("b")]))
        #expect(session.transport == .webSocket)
        expect(session.poll(), is: .refuse(.badRequest))
        expect(session.received(try textPacket("4c"), over: .polling), is: .none)
        expect(session.received(try textPacket("4c"), over: .webSocket), is: .message(.text(body("c"))))
    }

    @Test("polling works on while a WebSocket probes") func pollingGoesOn() throws {
        var session = makeSession(over: .polling)
        expect(session.beginUpgrade(at: .second(1)), is: true)
        expect(session.received(try textPacket("2probe"), over: .webSocket), is: .answerProbe)
        expect(session.beginPush(), is: .accept)
        expect(session.endPush(), is: true)
        expect(session.received(try textPacket("4a"), over: .polling), is: .message(.text(body("a"))))
    }

    @Test("data that is under way when WebSocket takes over does not count") func latePush() throws {
        var session = makeSession(over: .polling)
        expect(session.beginPush(), is: .accept)
        expect(session.beginUpgrade(at: .second(1)), is: true)
        expect(session.received(try textPacket("2probe"), over: .webSocket), is: .answerProbe)
        expect(session.received(try textPacket("5"), over: .webSocket), is: .upgraded(waiting: []))
        expect(session.endPush(), is: false)
    }

    @Test("there is one WebSocket at a time") func second() throws {
        var session = makeSession(over: .polling)
        expect(session.beginUpgrade(at: .second(1)), is: true)
        expect(session.beginUpgrade(at: .second(1)), is: false)
        expect(session.webSocketLost(), is: false, "polling carries the session")
        expect(session.beginUpgrade(at: .second(1)), is: true)
    }

    @Test(
        "a WebSocket that breaks the rules of the upgrade is let go, and the session stays",
        arguments: [["5"], ["2"], ["2prob"], ["4hello"], ["3probe"], ["1"], ["2probe", "4hello"], ["2probe", "6"]]
    )
    func brokenUpgrade(texts: [String]) throws {
        var session = makeSession(over: .polling)
        expect(session.beginUpgrade(at: .second(1)), is: true)
        for text in texts.dropLast() {
            expect(session.received(try textPacket(text), over: .webSocket), is: .answerProbe)
        }
        expect(session.received(try textPacket(texts[texts.count - 1]), over: .webSocket), is: .abandonUpgrade)
        #expect(session.transport == .polling)
        expect(session.poll(), is: .hold)
    }

    @Test("a WebSocket that takes too long is let go, and the session stays") func slowUpgrade() {
        var session = makeSession(over: .polling)
        expect(session.beginUpgrade(at: .second(1)), is: true)
        #expect(session.nextDeadline == .second(11))
        expect(session.timeReached(.second(11)), is: .abandonUpgrade)
        #expect(session.nextDeadline == .second(25))
    }

    @Test("the loss of the WebSocket that carries a session ends it") func loss() throws {
        var session = makeSession(over: .webSocket)
        expect(session.webSocketLost(), is: true)
        expect(session.close(.transportClose, at: .second(1)), is: .forget(answer: nil))
        expect(session.received(try textPacket("4a"), over: .webSocket), is: .none)
    }
}
