import Base
import NIOCore
import Testing

@testable import SocketIO

/// What Socket.IO adds to a session at the server's end.
@Suite struct SocketIOMachineTests {
    /// Of an Engine.IO packet `4…`.
    private func message(_ packet: String) -> EngineIOMessage { .text(ByteBuffer(string: String(packet.dropFirst()))) }

    private func makeSession() -> SocketIOSession {
        var configuration = SocketIOServerConfiguration()
        configuration.namespaces = ["/", "/admin"]
        configuration.maximumPendingAcknowledgements = 2
        var session = SocketIOSession(Shared(configuration))
        expect(session.open(at: .second(0)), is: true)
        return session
    }

    private func makeConnected() -> SocketIOSession {
        var session = makeSession()
        _ = session.admitted(to: "/")
        return session
    }

    static let connectedTable: [(String, SocketIOSession.Action)] = [
        (#"42["foo",1]"#, .event(SocketIOEvent(name: "foo", arguments: [1]))),
        (#"427["foo"]"#, .event(SocketIOEvent(name: "foo", acknowledgementID: 7))),
        ("40/admin,", .admit(namespace: "/admin", authentication: nil)),
        (#"40/admin,{"token":"123"}"#, .admit(namespace: "/admin", authentication: ["token": "123"])),
        ("40/random,", .refuse(namespace: "/random")), ("41", .left(namespace: "/")),
        (#"430["bar"]"#, .none),
        (#"451-["foo",{"_placeholder":true,"num":0}]"#, .none),
        ("40", .close(.parseError)), (#"42/admin,["foo"]"#, .close(.parseError)),
        (#"42/random,["foo"]"#, .close(.parseError)),
        ("43/admin,0[]", .close(.parseError)), ("41/admin,", .close(.parseError)), ("44{}", .close(.parseError)),
        ("42", .close(.parseError)), ("4abc", .close(.parseError)), ("4", .close(.parseError)),
        (#"42["disconnect"]"#, .close(.parseError)), (#"42["connect_error"]"#, .close(.parseError)),
    ]

    @Test("of a client in the main namespace, each packet has its meaning", arguments: connectedTable)
    func connected(text: String, action: SocketIOSession.Action) throws {
        var session = makeConnected()
        expect(session.received(message(text)), is: action)
        if case .close = action {
            #expect(!session.isOpen)
            #expect(session.connectDeadline == nil)
            expect(session.received(message(#"42["foo"]"#)), is: .none, "nothing counts any more")
        } else {
            #expect(session.isOpen)
        }
    }

    @Test(
        "a client that has joined nothing may join, and nothing else",
        arguments: [
            ("40", SocketIOSession.Action.admit(namespace: "/", authentication: nil)),
            ("40/nope,", .refuse(namespace: "/nope")),
            (#"42["foo"]"#, .close(.parseError)), ("430[]", .close(.parseError)), ("41", .close(.parseError)),
        ]
    )
    func opened(text: String, action: SocketIOSession.Action) throws {
        var session = makeSession()
        expect(session.received(message(text)), is: action)
    }

    @Test("before there is a transport nothing counts, and there is one only once") func idle() throws {
        var session = SocketIOSession(Shared(SocketIOServerConfiguration()))
        expect(session.received(message("40")), is: .none)
        #expect(session.connectDeadline == nil)
        expect(session.open(at: .second(0)), is: true)
        expect(session.open(at: .second(0)), is: false)
    }

    @Test("bytes nobody announced end the session") func unexpectedBinary() {
        var session = makeConnected()
        expect(session.received(.binary(ByteBuffer(bytes: [1]))), is: .close(.parseError))
    }

    @Test("an event with attachments is one event") func binaryEvent() throws {
        var session = makeConnected()
        expect(session.received(message(#"451-["foo",{"_placeholder":true,"num":0}]"#)), is: .none)
        let event = SocketIOEvent(name: "foo", arguments: [.binary([7])])
        expect(session.received(.binary(ByteBuffer(bytes: [7]))), is: .event(event))
    }

    @Test("namespaces are joined and left one by one") func namespaces() throws {
        var session = makeConnected()
        expect(session.admitted(to: "/admin"), is: true)
        expect(session.admitted(to: "/random"), is: false)
        #expect(session.joinedNamespaces == ["/", "/admin"])
        expect(session.received(message("41")), is: .left(namespace: "/"))
        #expect(session.joinedNamespaces == ["/admin"])
        expect(
            session.received(message(#"42/admin,["foo"]"#)),
            is: .event(SocketIOEvent(namespace: "/admin", name: "foo"))
        )
        expect(session.received(message("40")), is: .admit(namespace: "/", authentication: nil))
    }

    @Test("acknowledgements find their events, once, up to a limit") func acknowledgements() throws {
        var session = makeConnected()
        expect(session.addAcknowledgement(), is: 0)
        expect(session.addAcknowledgement(), is: 1)
        expect(session.addAcknowledgement(), is: nil)
        expect(session.received(message("431[5]")), is: .acknowledgement(position: 1, arguments: [5]))
        expect(session.received(message("431[5]")), is: .none)
        expect(session.addAcknowledgement(), is: 2)
        expect(session.close(), is: true)
        expect(session.close(), is: false)
        expect(session.addAcknowledgement(), is: nil)
        expect(session.admitted(to: "/admin"), is: false)
    }

    @Test("there is a deadline for the first namespace, and none after it") func connectDeadline() {
        var session = makeSession()
        #expect(session.connectDeadline == .second(45))
        expect(session.admitted(to: "/"), is: true)
        #expect(session.connectDeadline == nil)
        expect(session.received(message("41")), is: .left(namespace: "/"))
        #expect(session.connectDeadline == nil, "it was in time once")
    }
}
