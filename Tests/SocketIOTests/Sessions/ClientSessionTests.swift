import Base
import NIOCore
import Testing

@testable import SocketIO

@Suite struct ClientSessionTests {
    private static let handshake =
        #"0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#

    private func makeSession(namespace: String = "/", after texts: [String] = []) throws -> ClientSession {
        var configuration = SocketIOClientConfiguration()
        configuration.namespace = namespace
        var session = ClientSession(configuration)
        expect(session.start(at: .second(0)), is: true)
        for text in texts { _ = session.received(try textPacket(text), at: .second(0)) }
        return session
    }

    @Test(
        "first comes the handshake",
        arguments: [
            (handshake, ClientSession.Action.sendConnect), ("6", .none), ("0", .close(.parseError)),
            ("0{}", .close(.parseError)),
            ("2", .close(.parseError)), ("40", .close(.parseError)), ("1", .close(.transportClose)),
        ]
    )
    func awaitingOpen(text: String, action: ClientSession.Action) throws {
        var session = try makeSession()
        expect(session.received(try textPacket(text), at: .second(0)), is: action)
    }

    @Test(
        "then the namespace",
        arguments: [
            (#"40{"sid":"xyz"}"#, ClientSession.Action.connected(sessionID: "xyz")), ("2", .sendPong(ByteBuffer())),
            (#"44{"message":"no"}"#, .refused(["message": "no"])), ("44", .refused(nil)),
            ("40", .close(.parseError)), (#"40/admin,{"sid":"xyz"}"#, .close(.parseError)),
            (#"42["foo"]"#, .close(.parseError)),
            (handshake, .close(.parseError)), ("3", .close(.parseError)), ("41", .close(.parseError)),
            ("1", .close(.transportClose)),
        ]
    )
    func awaitingConnect(text: String, action: ClientSession.Action) throws {
        var session = try makeSession(after: [Self.handshake])
        expect(session.received(try textPacket(text), at: .second(0)), is: action)
    }

    @Test(
        "then events",
        arguments: [
            (#"42["foo",1]"#, ClientSession.Action.event(SocketIOEvent(name: "foo", arguments: [1]))),
            ("2", .sendPong(ByteBuffer())), ("2x", .sendPong(ByteBuffer(string: "x"))), ("430[]", .none), ("6", .none),
            ("41", .close(.serverNamespaceDisconnect)), ("1", .close(.transportClose)),
            (#"42/admin,["foo"]"#, .close(.parseError)), (#"40{"sid":"xyz"}"#, .close(.parseError)),
            ("44{}", .close(.parseError)),
            ("42[]", .close(.parseError)), (handshake, .close(.parseError)), ("5", .close(.parseError)),
        ]
    )
    func connected(text: String, action: ClientSession.Action) throws {
        var session = try makeSession(after: [Self.handshake, #"40{"sid":"xyz"}"#])
        #expect(session.isConnected)
        expect(session.received(try textPacket(text), at: .second(0)), is: action)
        if case .close = action {
            #expect(!session.isOpen)
            expect(session.received(try textPacket("2"), at: .second(0)), is: .none)
        }
    }

    @Test("another namespace than the main one works the same") func namespace() throws {
        var session = try makeSession(namespace: "/admin", after: [Self.handshake])
        expect(
            session.received(try textPacket(#"40/admin,{"sid":"xyz"}"#), at: .second(0)),
            is: .connected(sessionID: "xyz")
        )
        expect(
            session.received(try textPacket(#"42/admin,["a"]"#), at: .second(0)),
            is: .event(SocketIOEvent(namespace: "/admin", name: "a"))
        )
    }

    @Test("acknowledgements find their events") func acknowledgements() throws {
        var session = try makeSession(after: [Self.handshake])
        expect(session.addAcknowledgement(), is: nil, "there is no connection yet")
        _ = session.received(try textPacket(#"40{"sid":"xyz"}"#), at: .second(0))
        expect(session.addAcknowledgement(), is: 0)
        expect(
            session.received(try textPacket("430[1]"), at: .second(0)),
            is: .acknowledgement(position: 0, arguments: [1])
        )
        expect(session.received(try textPacket("430[1]"), at: .second(0)), is: .none)
    }

    @Test("a server that does not answer is given up") func connectTimeout() throws {
        var session = try makeSession()
        #expect(session.nextDeadline == .second(20))
        expect(session.timeReached(.second(19)), is: .none)
        expect(session.timeReached(.second(20)), is: .close(.connectTimeout))
        var opened = try makeSession(after: [Self.handshake])
        expect(opened.timeReached(.second(20)), is: .close(.connectTimeout))
    }

    @Test("silence for an interval and a timeout ends the session; each ping begins it anew") func pingTimeout() throws
    {
        var session = try makeSession(after: [Self.handshake, #"40{"sid":"xyz"}"#])
        #expect(session.nextDeadline == .second(45))
        expect(session.received(try textPacket("2"), at: .second(30)), is: .sendPong(ByteBuffer()))
        expect(session.timeReached(.second(45)), is: .none)
        #expect(session.nextDeadline == .second(75))
        expect(session.timeReached(.second(75)), is: .close(.pingTimeout))
        #expect(session.nextDeadline == nil)
    }

    @Test("it ends once") func close() throws {
        var session = try makeSession()
        expect(session.close(), is: true)
        expect(session.close(), is: false)
        expect(session.timeReached(.second(99)), is: .none)
    }
}
