import Base
import Foundation
import NIOCore
import SocketIO
import TestSupport
import Testing

/// Who is not let in, and what that costs the others.
@Suite struct DenialTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func token() async throws -> String {
        // The first start makes the database.
        #expect(try await RunningServer(in: scratch, database: "d.sqlite").stop().status == 0)
        return try await Command.makeToken(in: scratch)
    }

    private func ask(_ port: Int, _ path: String, token: String?, forwarded: String? = nil) throws -> RawAnswer? {
        let connection = try RawConnection(port: port)
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let hop = forwarded.map { "X-Forwarded-For: \($0)\r\n" } ?? ""
        connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(authorization)\(hop)\r\n")
        return try connection.answer()
    }

    private func denials(_ port: Int, _ token: String) throws -> [JSON] {
        let body = try ask(port, "/audit?kind=access.denied&limit=1000", token: token)?.body
        return body?.arrayValue ?? []
    }

    @Test func `a refused CONNECT ends the session, and a hundred are written down as a few`() async throws {
        let token = try await token()
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--authenticate"])
        for _ in 0..<100 {
            let session = try RawConnection.session(port: server.port)
            session.send(Frame.text("40").bytes)
            session.send(Frame.text("40").bytes)
            #expect(try session.receiveText()?.hasPrefix("44") ?? false)
            #expect(try session.receiveFrame()?.opcode == 8)
        }
        for _ in 0..<100 { #expect(try ask(server.port, "/customer", token: nil)?.status == 401) }
        #expect(try denials(server.port, token).count == 10)
        let outcome = try await server.stop()
        #expect(outcome.status == 0)
        let lines = outcome.errorLines.filter { $0.contains("access denied") }
        #expect(lines.count == 11)
        #expect(lines.last?.contains("refused 190 more times") ?? false)
    }

    @Test func `a refused CONNECT over polling is told, and the session is over`() async throws {
        _ = try await token()
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--authenticate"])
        let connection = try RawConnection(port: server.port)
        let polling = "/socket.io/?EIO=4&transport=polling"
        let opened = try #require(try connection.ask("GET", polling))
        let id = try JSON(parsing: ByteBuffer(string: String(opened.text.dropFirst())))["sid"]?.stringValue ?? ""
        #expect(try connection.ask("POST", "\(polling)&sid=\(id)", "40")?.text == "ok")
        #expect(try connection.ask("GET", "\(polling)&sid=\(id)")?.text.hasPrefix("44{") ?? false)
        #expect(try connection.ask("POST", "\(polling)&sid=\(id)", "40")?.status == 400)
        #expect(try await server.stop().status == 0)
    }

    @Test func `wrong tokens lock nobody out who has a right one`() async throws {
        let token = try await token()
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--authenticate"])
        let wrong = "gd_0123456789abcdef_no"
        for _ in 0..<10 { #expect(try ask(server.port, "/customer", token: wrong)?.status == 401) }
        #expect(try ask(server.port, "/customer", token: wrong)?.status == 429)
        #expect(try ask(server.port, "/customer", token: token)?.status == 200)
        let session = try RawConnection.session(port: server.port)
        session.send(Frame.text("40{\"token\":\"\(token)\"}").bytes)
        #expect(try session.receiveText()?.hasPrefix("40") ?? false)
        #expect(try await server.stop().status == 0)
    }

    @Test func `behind a trusted proxy each client has its own limits, and its own name in the log`() async throws {
        _ = try await token()
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--authenticate", "--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.1"]
        )
        let wrong = "gd_0123456789abcdef_no"
        for _ in 0..<10 { _ = try ask(server.port, "/customer", token: wrong, forwarded: "198.51.100.1, 10.1.1.1") }
        #expect(try ask(server.port, "/customer", token: wrong, forwarded: "1.1.1.1, 198.51.100.1")?.status == 429)
        #expect(try ask(server.port, "/customer", token: wrong, forwarded: "198.51.100.2")?.status == 401)
        let session = try RawConnection(port: server.port)
        session.send(
            "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\nForwarded: for=198.51.100.3\r\n\r\n"
        )
        let opened = try #require(try session.answer())
        let id = try JSON(parsing: ByteBuffer(string: String(opened.text.dropFirst())))["sid"]?.stringValue ?? ""
        #expect(try session.ask("POST", "/socket.io/?EIO=4&transport=polling&sid=\(id)", "40")?.status == 200)
        let outcome = try await server.stop()
        #expect(outcome.status == 0)
        for address in ["198.51.100.1", "198.51.100.2", "198.51.100.3"] { #expect(outcome.errors.contains(address)) }
    }
}
