import Base
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

@Suite struct ErrorTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `errors have one shape, with a correlation id that stands in the header too`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            for (method, path) in [
                (.GET, "/no/such/thing"), (.POST, "/customer/1"), (.PUT, "/incident"), (.GET, "/customer/5abc"),
                (.GET, "/customer/99"), (.POST, "/incident"), (.DELETE, "/purge"), (.GET, "/customer/%00"),
            ] as [(HTTPMethod, String)] {
                let answer = try await server.send(method, path)
                #expect((400..<500).contains(answer.status), "\(path)")
                #expect(answer.headers.first(name: "Content-Type") == "application/json; charset=utf-8")
                #expect(answer.keys == ["error"], "\(path)")
                let error = answer.body["error"]
                #expect(
                    error?.objectValue?.members.map(\.key) == ["code", "message", "details", "correlationId"],
                    "\(path)"
                )
                let correlation = error?["correlationId"]?.stringValue
                #expect(correlation.flatMap(UniqueID.init) != nil)
                #expect(answer.headers["X-Correlation-ID"] == [correlation])
            }
        }
    }

    @Test func `pages of an allowed origin may read answers and errors alike`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            let origin = ["Origin": "http://localhost:4200"]
            for path in ["/customer/1", "/customer/99", "/customer/x", "/nothing"] {
                let answer = try await server.get(path, headers: origin)
                #expect(answer.headers["Access-Control-Allow-Origin"] == ["http://localhost:4200"], "\(path)")
            }
            let preflight = try await server.send(.OPTIONS, "/incident", headers: origin)
            #expect((200..<300).contains(preflight.status))
            #expect(preflight.headers.first(name: "Access-Control-Allow-Methods")?.contains("DELETE") ?? false)
            #expect(
                preflight.headers.first(name: "Access-Control-Allow-Headers")?.lowercased().contains("idempotency-key")
                    ?? false
            )
        }
    }

    @Test func `purging is refused unless the server allows it`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            _ = try await server.post(incident())
            for path in ["/purge", "/purge?all=1", "/purge/"] {
                let answer = try await server.send(.DELETE, path)
                #expect(answer.status == 403)
                #expect(answer.errorCode == "purge-disabled")
            }
            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 3)
        }
    }

    @Test func `purging empties what it says before it answers`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite"), allowsPurge: true) { server in
            let opened = try await server.post(incident())
            #expect(try await server.send(.DELETE, "/purge").status == 200)
            #expect(try await server.get("/dispatch/customer/1").text == "[]")
            #expect(try await server.get("/incident/\(opened.body["_id"]?.stringValue ?? "")").status == 404)
            #expect(try await server.get("/customer/1").status == 200)
            #expect(try await server.post(incident()).status == 200)

            #expect(try await server.send(.DELETE, "/purge?all=1").status == 200)
            #expect(try await server.get("/customer/1").status == 404)
            #expect(try await server.get("/program/1/customer").status == 404)
            #expect(try await server.post(incident()).status == 404)
        }
    }
}
