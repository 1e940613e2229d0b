import Base
import Foundation
import TestSupport
import Testing

/// Who comes in, over a real socket: by REST, by polling and by WebSocket alike.
@Suite struct DoorTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private let incident = """
        {"start_time":"08/27/2099 21:00","end_time":"08/27/2099 22:00","program_id":1,"event_type":"market_dispatch"}
        """

    private func ask(
        _ server: RunningServer,
        _ line: String,
        _ headers: [String],
        _ body: String = ""
    ) throws -> RawAnswer {
        let connection = try RawConnection(port: server.port)
        let lines = ["\(line) HTTP/1.1"] + headers + (body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"])
        connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        return try #require(try connection.answer(), "\(line) \(headers)")
    }

    private static let polling = "GET /socket.io/?EIO=4&transport=polling"
    private static let webSocket = "GET /socket.io/?EIO=4&transport=websocket"
    private static let upgrade = [
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]

    @Test func `a page of another site is refused everything, and the first version's page nothing`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--allow-purge"])
        let json = "Content-Type: application/json"
        for (origin, isIn) in [
            ("https://evil.example", false), ("null", false), ("http://localhost:4200", true),
            ("http://127.0.0.1:\(server.port)", true),
        ] {
            let from = ["Host: 127.0.0.1:\(server.port)", "Origin: \(origin)"]
            #expect(try ask(server, "GET /customer", from).status == (isIn ? 200 : 403))
            #expect(try ask(server, Self.polling, from).status == (isIn ? 200 : 403))
            #expect(try ask(server, Self.webSocket, from + Self.upgrade).status == (isIn ? 101 : 403))
            #expect(try ask(server, "POST /incident", from + [json], incident).status == (isIn ? 200 : 403))
            let preflight = try ask(server, "OPTIONS /incident", from + ["Access-Control-Request-Method: POST"])
            #expect(preflight.status == (isIn ? 204 : 403))
            #expect(preflight.headers["access-control-allow-origin"] == (isIn ? origin : nil))
        }
        let evil = ["Host: localhost", "Origin: https://evil.example"]
        let form = "start_time=08/27/2099%2021:00&end_time=08/27/2099%2022:00&program_id=1&event_type=x"
        let formType = "Content-Type: application/x-www-form-urlencoded"
        #expect(try ask(server, "POST /incident", evil + [formType], form).status == 403)
        #expect(try ask(server, "POST /incident", evil + ["Content-Type: text/plain"], incident).status == 403)
        #expect(try ask(server, "DELETE /purge", evil).status == 403)
        #expect(try ask(server, "POST /incident", ["Host: localhost", formType], form).status == 200)
        let told = try ask(server, Self.polling, evil).body
        #expect(told["code"] == 4)
        #expect(told["message"]?.stringValue?.contains("--cors-origin https://evil.example") ?? false)
        #expect(try RawConnection(port: server.port).metric("griddrill_limited_total{limit=\"door\"}") ?? 0 >= 10)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a name that leads here by rebinding is refused, and one that is allowed is not`() async throws {
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--allowed-host", "dispatch.example"]
        )
        for (host, isIn) in [("evil.example:\(server.port)", false), ("dispatch.example", true)] {
            #expect(try ask(server, "GET /customer", ["Host: \(host)"]).status == (isIn ? 200 : 403))
            #expect(try ask(server, Self.polling, ["Host: \(host)"]).status == (isIn ? 200 : 403))
            #expect(try ask(server, Self.webSocket, ["Host: \(host)"] + Self.upgrade).status == (isIn ? 101 : 403))
        }
        let refused = try ask(server, "GET /customer", ["Host: evil.example"])
        #expect(refused.body["error"]?["code"] == "host-not-allowed")
        #expect(refused.body["error"]?["correlationId"]?.stringValue == refused.headers["x-correlation-id"])
        #expect(try ask(server, "GET /customer", []).status == 400)
        #expect(try ask(server, "GET /customer", ["Host: localhost", "Host: localhost"]).status == 400)
        #expect(try await server.stop().status == 0)
    }

    @Test func `every answer tells browsers not to guess, not to keep and not to tell`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        for line in [
            "GET /", "GET /customer/1", "GET /customer/99", "GET /nothing", "PUT /health", Self.polling, "GET /metrics",
        ] {
            let headers = try ask(server, line, ["Host: localhost"]).headers
            #expect(headers["x-content-type-options"] == "nosniff", "\(line)")
            #expect(headers["referrer-policy"] == "no-referrer", "\(line)")
            #expect(headers["cache-control"] != nil, "\(line)")
        }
        #expect(try await server.stop().status == 0)
    }

    @Test func `a client that waits to be asked for its body is asked at once, or told no`() async throws {
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--max-body-bytes", "1024"]
        )
        let connection = try RawConnection(port: server.port)
        let head =
            "POST /incident HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
        for _ in 0..<2 {
            connection.send(head + "Content-Length: \(incident.utf8.count)\r\n\r\n")
            #expect(try connection.receiveHead() == "HTTP/1.1 100 Continue\r\n\r\n")
            connection.send(incident)
            #expect(try connection.answer()?.status == 200)
        }
        connection.send(head + "Content-Length: 1025\r\n\r\n")
        #expect(try connection.answer()?.status == 413)
        #expect(try connection.isClosed())
        let outcome = try await server.stop()
        #expect(outcome.status == 0, "\(outcome)")
    }

    @Test func `the first subprotocol that is offered is spoken`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let host = ["Host: localhost"] + Self.upgrade
        let offered = try ask(server, Self.webSocket, host + ["Sec-WebSocket-Protocol: chat, superchat"])
        #expect(offered.status == 101)
        #expect(offered.headers["sec-websocket-protocol"] == "chat")
        #expect(try ask(server, Self.webSocket, host).headers["sec-websocket-protocol"] == nil)
        for wrong in ["", "a b", "chat, chat", "chat,,x"] {
            #expect(
                try ask(server, Self.webSocket, host + ["Sec-WebSocket-Protocol: \(wrong)"]).status == 400,
                "\(wrong)"
            )
        }
        #expect(try await server.stop().status == 0)
    }

    @Test func `a method that a path does not take is told which it takes`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        for (line, allowed) in [
            ("PUT /incident", "GET, HEAD, POST"), ("DELETE /customer", "GET, HEAD, PUT"), ("POST /health", "GET, HEAD"),
            ("PUT /incident/x/recall", "POST"), ("GET /purge", "DELETE"), ("POST /dispatch/customer/1", "GET, HEAD"),
        ] {
            let answer = try ask(server, line, ["Host: localhost"])
            #expect(answer.status == 405, "\(line)")
            #expect(answer.headers["allow"] == allowed, "\(line)")
            #expect(answer.body["error"]?["code"] == "method-not-allowed")
        }
        #expect(try ask(server, "POST /nothing", ["Host: localhost"]).status == 404)
        #expect(try await server.stop().status == 0)
    }
}
