import Base
import Foundation
import NIOCore
import SocketIO
import TestSupport
import Testing

@Suite struct LogTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func ask(_ server: RunningServer, _ path: String, token: String) throws -> RawAnswer? {
        let connection = try RawConnection(port: server.port)
        connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\r\n")
        return try connection.answer()
    }

    @Test func `each line is JSON, requests and refusals have their correlation id, and no token shows`() async throws {
        // The first start makes the database.
        #expect(try await RunningServer(in: scratch, database: "d.sqlite").stop().status == 0)
        let token = try await Command.makeToken(in: scratch)
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--authenticate", "--log-format", "json", "--log-level", "debug"]
        )
        let wrong = token.dropLast(4) + "AAAA"
        // A parameter that nobody asks for is refused, and said back nowhere.
        #expect(try ask(server, "/customer/1?secret=\(token)", token: String(token))?.status == 400)
        let denied = try ask(server, "/customer/1", token: String(wrong))
        #expect(denied?.status == 401)
        let session = try RawConnection.session(port: server.port)
        session.send(Frame.text("40{\"token\":\"\(wrong)\"}").bytes)
        #expect(try session.receiveText()?.hasPrefix("44") ?? false)
        let admitted = try RawConnection.session(port: server.port)
        admitted.send(Frame.text("40{\"token\":\"\(token)\"}").bytes)
        #expect(try admitted.receiveText()?.hasPrefix("40") ?? false)
        let outcome = try await server.stop()
        #expect(outcome.status == 0)

        var entries: [JSON] = []
        for line in outcome.errorLines { entries.append(try JSON(parsing: ByteBuffer(string: line))) }
        let requests = entries.filter { $0["message"] == "request" }
        #expect(requests.compactMap { $0["metadata"]?["status"]?.stringValue } == ["400", "401"])
        #expect(requests.last?["metadata"]?["correlation"]?.stringValue == denied?.headers["x-correlation-id"])
        let refusals = entries.filter { $0["message"] == "access denied" }
        #expect(refusals.count == 2)
        #expect(refusals.first?["metadata"]?["correlation"]?.stringValue == denied?.headers["x-correlation-id"])
        for secret in [token.suffix(43), wrong.suffix(43)] { #expect(!outcome.errors.contains(secret)) }
    }
}
