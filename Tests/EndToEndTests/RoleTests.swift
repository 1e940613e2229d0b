import Base
import Foundation
import NIOCore
import SocketIO
import TestSupport
import Testing

/// What bearers of tokens can bring about over Socket.IO and in the log.
@Suite struct RoleTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func token(_ role: String, _ arguments: String...) async throws -> String {
        try await Command.makeToken(role: role, arguments, in: scratch)
    }

    private func session(_ server: RunningServer, _ token: String) throws -> RawConnection {
        let connection = try RawConnection.session(port: server.port)
        connection.send(Frame.text("40{\"token\":\"\(token)\"}").bytes)
        #expect(try connection.receiveText(beginning: "40") != nil)
        return connection
    }

    private func ask(_ server: RunningServer, _ line: String, _ token: String, _ body: String = "") throws -> JSON {
        let connection = try RawConnection(port: server.port)
        connection.send(
            "\(line) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        return try #require(try connection.answer()).body
    }

    @Test func `a viewer that says it is a customer brings nothing to anybody, and the customer does`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--authenticate"])
        let desk = try await token("operator")
        let viewer = try await token("viewer")
        let customer = try await token("customer", "--customer", "1")
        let incident = """
            {"start_time":"08/27/2099 21:00","end_time":"08/27/2099 22:00","program_id":1,"event_type":"market_dispatch"}
            """
        _ = try ask(server, "POST /incident", desk, incident)
        func states() throws -> [String] {
            let rows = try ask(server, "GET /dispatch/customer/1", desk).arrayValue ?? []
            return rows.filter { $0["dispatchMeans"] == "websocket" }.map { "\($0["hasBeenSent"] ?? .null)" }
        }
        let watching = try session(server, viewer)
        watching.emit("handshake", 1, id: 7)
        let answer = try #require(try watching.receiveText(beginning: "437"))
        #expect(answer.contains("\"success\":false"))
        let before = try states()
        let own = try session(server, customer)
        own.emit("handshake", 1, id: 8)
        #expect(try own.receiveEvent("new-dispatch") != nil)
        try await eventually("the customer's own session counts") { try states() != before }
        #expect(try await server.stop().status == 0)
    }

    @Test func `a token's id that is none reaches neither log nor terminal`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--authenticate"])
        for id in ["\\n2026 FAKE entry", "\\u001b[2J\\u001b[31mfake", "\\r\\u001b[K0123456789a"] {
            let connection = try RawConnection.session(port: server.port)
            connection.send(Frame.text("40{\"token\":\"gd_\(id)_x\"}").bytes)
            #expect(try connection.receiveText()?.hasPrefix("44") ?? false)
        }
        let outcome = try await server.stop()
        #expect(outcome.status == 0)
        #expect(!outcome.errors.contains("FAKE") && !outcome.errors.contains("fake"))
        #expect(!outcome.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
}
