import Base
import Foundation
import GRDB
import NIOCore
import SocketIO
import TestSupport
import Testing

/// The audit log of a server: who did what, and whether it still is what was written.
@Suite struct AuditTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func verify() async throws -> Outcome {
        try await Command.run("audit", "verify", "d.sqlite", in: scratch)
    }

    private func ask(_ server: RunningServer, _ line: String, _ token: String?, _ body: String = "") throws -> RawAnswer
    {
        let connection = try RawConnection(port: server.port)
        connection.send(
            "\(line) HTTP/1.1\r\nHost: localhost\r\n" + (token.map { "Authorization: Bearer \($0)\r\n" } ?? "")
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        return try #require(try connection.answer())
    }

    private let incident = """
        {"start_time":"08/27/2099 21:00","end_time":"08/27/2099 22:00","program_id":1,"event_type":"market_dispatch"}
        """

    private func actors(_ server: RunningServer, _ kind: String, _ token: String?) throws -> [String] {
        let rows = try ask(server, "GET /audit?kind=\(kind)", token).body.arrayValue ?? []
        return rows.map { $0["actor"]?.stringValue ?? "" }
    }

    @Test func `every change names its token and address, and every token its maker`() async throws {
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--authenticate", "--allow-purge"]
        )
        let token = try await Command.makeToken(name: "night desk", in: scratch)
        let id = String(token.dropFirst(3).prefix(16))
        let desk = "token \(id) (night desk) at 127.0.0.1"
        let opened = try ask(server, "POST /incident", token, incident)
        let incidentID = opened.body["_id"]?.stringValue ?? ""
        #expect(try ask(server, "POST /incident", nil, incident).status == 401)
        #expect(try ask(server, "DELETE /incident/\(incidentID)", token).status == 200)
        let customers = try ask(server, "GET /customer", token).text
        #expect(try ask(server, "PUT /customer", token, customers).status == 200)
        let session = try RawConnection.session(port: server.port)
        session.send(Frame.text("40{\"token\":\"\(token)\"}").bytes)
        #expect(try session.receiveText(beginning: "40") != nil)
        session.emit("acknowledge", ["_id": .string(incidentID), "ackBy": "somebody else"], id: 3)
        #expect(try session.receiveText(beginning: "433") != nil)
        #expect(try ask(server, "DELETE /purge", token).status == 200)
        for kind in ["incident.requested", "incident.cancelled", "acknowledged", "purged"] {
            #expect(try actors(server, kind, token) == [desk], "\(kind)")
        }
        #expect(try actors(server, "roster.replaced", token).contains(desk))
        #expect(try actors(server, "access.denied", token) == ["anonymous at 127.0.0.1"])
        let revoked = try await Command.run("token", "revoke", "--database", "d.sqlite", id, in: scratch)
        #expect(revoked.status == 0)
        // It works beside the running server.
        #expect(try await verify().status == 0)
        #expect(try await server.stop().status == 0)
        let queue = try DatabaseQueue(path: scratch.file("d.sqlite"))
        let makers = try await queue.read { database in
            try String.fetchAll(database, sql: "SELECT actor FROM audit WHERE kind LIKE 'token.%' ORDER BY sequence")
        }
        try queue.close()
        #expect(makers.count == 2 && makers.allSatisfy { $0.hasPrefix("command by ") })
    }

    @Test func `without tokens a change names its address; a row that was changed is found, and told with its number`()
        async throws
    {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        try await server.postIncident()
        #expect(try actors(server, "incident.requested", nil) == ["anonymous at 127.0.0.1"])
        #expect(try await server.stop().status == 0)
        let whole = try await verify()
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(whole.output.contains("chained from row 1 on"))
        let queue = try DatabaseQueue(path: scratch.file("d.sqlite"))
        try await queue.write {
            try $0.execute(sql: "UPDATE journal SET actor = 'nobody' WHERE kind = 'incident.requested'")
        }
        let row = try await queue.read {
            try Int.fetchOne($0, sql: "SELECT sequence FROM journal WHERE actor = 'nobody'") ?? 0
        }
        try queue.close()
        let broken = try await verify()
        #expect(broken.status == 1)
        #expect(broken.errors.hasPrefix("griddrill: d.sqlite: row \(row) of the audit log is not what was written"))
        #expect(try await Command.run("audit", "verify", "absent.sqlite", in: scratch).status == 70)
    }
}
