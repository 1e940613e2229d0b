import NIOCore
import Testing

@testable import SocketIO

/// Instants of these tests are seconds after the session opened.
extension NIODeadline {
    static func second(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }
}

func textPacket(_ text: String) throws -> EngineIOPacket {
    try #require(EngineIOPacket(text: ByteBuffer(string: text)))
}

@Suite struct ServerSessionTests {
    private func makeSession() -> ServerSession {
        var configuration = SocketIOServerConfiguration()
        configuration.namespaces = ["/", "/admin"]
        configuration.maximumPendingAcknowledgements = 2
        var session = ServerSession(configuration)
        expect(session.open(at: .second(0)), is: true)
        return session
    }

    private func makeConnected() -> ServerSession {
        var session = makeSession()
        _ = session.admitted(to: "/")
        return session
    }

    static let connectedTable: [(String, ServerSession.Action)] = [
        (#"42["foo",1]"#, .event(SocketIOEvent(name: "foo", arguments: [1]))),
        (#"427["foo"]"#, .event(SocketIOEvent(name: "foo", acknowledgementID: 7))),
        ("40/admin,", .admit(namespace: "/admin", authentication: nil)),
        (#"40/admin,{"token":"123"}"#, .admit(namespace: "/admin", authentication: ["token": "123"])),
        ("40/random,", .refuse(namespace: "/random")), ("41", .left(namespace: "/")),
        (#"430["bar"]"#, .none), ("3", .none), ("3probe", .none), ("6", .none),
        (#"451-["foo",{"_placeholder":true,"num":0}]"#, .none),
        ("40", .close(.parseError)), (#"42/admin,["foo"]"#, .close(.parseError)),
        (#"42/random,["foo"]"#, .close(.parseError)),
        ("43/admin,0[]", .close(.parseError)), ("41/admin,", .close(.parseError)), ("44{}", .close(.parseError)),
        ("42", .close(.parseError)), ("4abc", .close(.parseError)), ("4", .close(.parseError)),
        ("0{}", .close(.parseError)), ("2", .close(.parseError)), ("2probe", .close(.parseError)),
        ("5", .close(.parseError)),
        ("1", .close(.transportClose)),
    ]

    @Test("of a client in the main namespace, each packet has its meaning", arguments: connectedTable)
    func connected(text: String, action: ServerSession.Action) throws {
        var session = makeConnected()
        expect(session.received(try textPacket(text)), is: action)
        if case .close = action {
            #expect(!session.isOpen)
            #expect(session.nextDeadline == nil)
            expect(session.received(try textPacket(#"42["foo"]"#)), is: .none, "nothing counts any more")
        } else {
            #expect(session.isOpen)
        }
    }

    @Test(
        "a client that has joined nothing may join, and nothing else",
        arguments: [
            ("40", ServerSession.Action.admit(namespace: "/", authentication: nil)),
            ("40/nope,", .refuse(namespace: "/nope")),
            (#"42["foo"]"#, .close(.parseError)), ("430[]", .close(.parseError)), ("41", .close(.parseError)),
            ("3", .none),
        ]
    )
    func opened(text: String, action: ServerSession.Action) throws {
        var session = makeSession()
        expect(session.received(try textPacket(text)), is: action)
    }

    @Test("before there is a transport nothing counts, and there is one only once") func idle() throws {
        var session = ServerSession(SocketIOServerConfiguration())
        expect(session.received(try textPacket("40")), is: .none)
        expect(session.timeReached(.second(99)), is: .none)
        #expect(session.nextDeadline == nil)
        expect(session.open(at: .second(0)), is: true)
        expect(session.open(at: .second(0)), is: false)
    }

    @Test("bytes nobody announced end the session") func unexpectedBinary() {
        var session = makeConnected()
        expect(session.received(EngineIOPacket(binary: ByteBuffer(bytes: [1]))), is: .close(.parseError))
    }

    @Test("an event with attachments is one event") func binaryEvent() throws {
        var session = makeConnected()
        expect(session.received(try textPacket(#"451-["foo",{"_placeholder":true,"num":0}]"#)), is: .none)
        let event = SocketIOEvent(name: "foo", arguments: [.binary([7])])
        expect(session.received(EngineIOPacket(binary: ByteBuffer(bytes: [7]))), is: .event(event))
    }

    @Test("namespaces are joined and left one by one") func namespaces() throws {
        var session = makeConnected()
        expect(session.admitted(to: "/admin"), is: true)
        expect(session.admitted(to: "/random"), is: false)
        #expect(session.joinedNamespaces == ["/", "/admin"])
        expect(session.received(try textPacket("41")), is: .left(namespace: "/"))
        #expect(session.joinedNamespaces == ["/admin"])
        expect(
            session.received(try textPacket(#"42/admin,["foo"]"#)),
            is: .event(SocketIOEvent(namespace: "/admin", name: "foo"))
        )
        expect(session.received(try textPacket("40")), is: .admit(namespace: "/", authentication: nil))
    }

    @Test("acknowledgements find their events, once, up to a limit") func acknowledgements() throws {
        var session = makeConnected()
        expect(session.addAcknowledgement(), is: 0)
        expect(session.addAcknowledgement(), is: 1)
        expect(session.addAcknowledgement(), is: nil)
        expect(session.received(try textPacket("431[5]")), is: .acknowledgement(position: 1, arguments: [5]))
        expect(session.received(try textPacket("431[5]")), is: .none)
        expect(session.addAcknowledgement(), is: 2)
        expect(session.close(), is: true)
        expect(session.close(), is: false)
        expect(session.addAcknowledgement(), is: nil)
        expect(session.admitted(to: "/admin"), is: false)
    }
}

@Suite struct ServerSessionTimeTests {
    private func makeSession(connect: Int64, interval: Int64 = 25, timeout: Int64 = 20) -> ServerSession {
        var configuration = SocketIOServerConfiguration()
        configuration.connectTimeout = .seconds(connect)
        configuration.pingInterval = .seconds(interval)
        configuration.pingTimeout = .seconds(timeout)
        var session = ServerSession(configuration)
        expect(session.open(at: .second(0)), is: true)
        return session
    }

    @Test("who joins nothing is thrown out when the time is up") func connectTimeout() {
        var session = makeSession(connect: 10)
        #expect(session.nextDeadline == .second(10))
        expect(session.timeReached(.second(9)), is: .none)
        expect(session.timeReached(.second(10)), is: .close(.connectTimeout))
        expect(session.timeReached(.second(11)), is: .none)
    }

    @Test("who joined in time is not, though the timer still comes") func joinedInTime() {
        var session = makeSession(connect: 10)
        expect(session.admitted(to: "/"), is: true)
        expect(session.timeReached(.second(10)), is: .none)
        #expect(session.nextDeadline == .second(25))
    }

    @Test("pings go out each interval while pongs come back") func pings() throws {
        var session = makeSession(connect: 60)
        for second in stride(from: Int64(25), through: 100, by: 25) {
            _ = session.admitted(to: "/")
            #expect(session.nextDeadline == .second(second))
            expect(session.timeReached(.second(second)), is: .sendPing)
            #expect(session.nextDeadline == .second(second + 20), "the pong is due")
            expect(session.received(try textPacket("3")), is: .none)
            expect(session.timeReached(.second(second + 20)), is: .none)
        }
    }

    @Test("a ping that stays unanswered ends the session") func pingTimeout() {
        var session = makeSession(connect: 60)
        _ = session.admitted(to: "/")
        expect(session.timeReached(.second(25)), is: .sendPing)
        expect(session.timeReached(.second(44)), is: .none)
        expect(session.timeReached(.second(45)), is: .close(.pingTimeout))
        #expect(!session.isOpen)
    }

    @Test("with a timeout longer than the interval, the oldest unanswered ping counts") func longTimeout() throws {
        var session = makeSession(connect: 60, interval: 10, timeout: 25)
        _ = session.admitted(to: "/")
        expect(session.timeReached(.second(10)), is: .sendPing)
        expect(session.timeReached(.second(20)), is: .sendPing)
        expect(session.timeReached(.second(30)), is: .sendPing)
        #expect(session.nextDeadline == .second(35))
        expect(session.received(try textPacket("3")), is: .none)
        #expect(session.nextDeadline == .second(40))
        expect(session.timeReached(.second(40)), is: .sendPing)
        expect(session.timeReached(.second(65)), is: .close(.pingTimeout))
    }

    @Test("a clock that jumped makes one ping, not all that were left out") func jump() throws {
        var session = makeSession(connect: 60)
        _ = session.admitted(to: "/")
        expect(session.timeReached(.second(1000)), is: .sendPing)
        expect(session.received(try textPacket("3")), is: .none)
        #expect(session.nextDeadline == .second(1025))
    }
}
