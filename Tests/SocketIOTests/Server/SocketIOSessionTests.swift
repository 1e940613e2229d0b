import Base
import NIOCore
import NIOEmbedded
import SocketIO
import Testing

/// Both ends, with their real pipelines.
@Suite struct SocketIOSessionTests {
    @Test("a client comes in through HTTP, WebSocket, Engine.IO and Socket.IO") func connecting() throws {
        let pair = try SessionPair()
        #expect(pair.serverHost.log == ["connected / -"])
        #expect(pair.clientHost.log == ["connected session-2-of-20-chars"])
        #expect(try pair.serverSession.id == "session-1-of-20-chars")
        #expect(try pair.serverSession.namespaces == ["/"])
        #expect(try pair.clientSession.isConnected)
    }

    @Test("what the client shows of itself reaches the host") func authentication() throws {
        var configuration = SocketIOClientConfiguration()
        configuration.authentication = ["token": "123"]
        let pair = try SessionPair(client: configuration)
        #expect(pair.serverHost.log == [#"connected / {"token":"123"}"#])
    }

    @Test("a host may refuse a client") func refused() throws {
        let pair = try SessionPair(admission: .refuse(message: "Not authorized", data: ["code": 7]))
        #expect(
            pair.clientHost.log == [
                #"refused {"message":"Not authorized","data":{"code":7}}"#, "disconnected connect error",
            ]
        )
        #expect(pair.serverHost.log == ["closed server namespace disconnect"])
        #expect(!pair.server.isActive)
    }

    @Test("a namespace that does not exist is refused") func invalidNamespace() throws {
        var configuration = SocketIOClientConfiguration()
        configuration.namespace = "/random"
        let pair = try SessionPair(client: configuration)
        #expect(pair.clientHost.log == [#"refused {"message":"Invalid namespace"}"#, "disconnected connect error"])
    }

    @Test("events go both ways, in another namespace, too", arguments: ["/", "/admin"])
    func events(namespace: String) throws {
        var server = SocketIOServerConfiguration()
        server.namespaces = ["/", "/admin"]
        var client = SocketIOClientConfiguration()
        client.namespace = namespace
        let pair = try SessionPair(server: server, client: client)
        pair.serverHost.onEvent = { session, event in session.emit("back", event.arguments, namespace: namespace) }
        try pair.clientSession.emit("there", ["é", 1])
        try pair.flushAndExchange()
        #expect(pair.serverHost.events == [SocketIOEvent(namespace: namespace, name: "there", arguments: ["é", 1])])
        #expect(pair.clientHost.events == [SocketIOEvent(namespace: namespace, name: "back", arguments: ["é", 1])])
    }

    @Test("one packet serves many sessions and many times") func shared() throws {
        let pairs = try [SessionPair(), SessionPair()]
        let packet = EncodedPacket(event: "new-dispatch", [["_id": "7"], .binary([1, 2])])
        for pair in pairs {
            try pair.serverSession.emit(packet)
            try pair.serverSession.emit(packet)
            try pair.clientSession.emit(packet)
            try pair.flushAndExchange()
        }
        let event = SocketIOEvent(name: "new-dispatch", arguments: [["_id": "7"], .binary([1, 2])])
        for pair in pairs {
            #expect(pair.clientHost.events == [event, event])
            #expect(pair.serverHost.events == [event])
        }
    }

    @Test("acknowledgements find their callbacks, at both ends") func acknowledgements() throws {
        let pair = try SessionPair()
        var answers: [String] = []
        pair.serverHost.onEvent = { session, event in
            guard let id = event.acknowledgementID else { return }
            session.acknowledge(id, ["server", .binary([9])])
        }
        pair.clientHost.onEvent = { session, event in
            guard let id = event.acknowledgementID else { return }
            session.acknowledge(id, [.string(event.name)])
        }
        try pair.clientSession.emit("a") { answers.append("\($0)") }
        try pair.serverSession.emit("b") { answers.append("\($0)") }
        try pair.serverSession.emit("c", [.binary([1])]) { answers.append("\($0)") }
        try pair.flushAndExchange()
        func success(_ arguments: [JSON]) -> String { "\(Result<[JSON], AcknowledgementFailure>.success(arguments))" }
        #expect(answers.sorted() == [success(["b"]), success(["c"]), success(["server", .binary([9])])].sorted())
    }

    @Test("acknowledgements that will not come any more fail") func unanswered() throws {
        let pair = try SessionPair()
        var failures: [AcknowledgementFailure] = []
        let record: AcknowledgementCallback = { if case .failure(let failure) = $0 { failures.append(failure) } }
        try pair.serverSession.emit("a", acknowledgement: record)
        try pair.clientSession.emit("b", acknowledgement: record)
        let session = try pair.clientSession
        session.close()
        session.emit("c", acknowledgement: record)
        try pair.exchange()
        #expect(failures == [.disconnected(.clientNamespaceDisconnect), .notSent, .disconnected(.transportClose)])
    }
}
