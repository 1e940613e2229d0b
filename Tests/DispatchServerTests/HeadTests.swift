import NIOHTTP1
import TestSupport
import Testing

@Suite struct HeadTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `HEAD is answered like GET, without a body`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            for path in [
                "/", "/customer", "/customer/1", "/health", "/ready", "/openapi.json", "/customer/99", "/nothing",
            ] {
                let get = try await server.get(path)
                let head = try await server.send(.HEAD, path)
                #expect(head.status == get.status, "\(path)")
                #expect(head.headers["Content-Type"] == get.headers["Content-Type"], "\(path)")
                // The words for a path that is nowhere name the method.
                if path != "/nothing" {
                    #expect(head.headers["Content-Length"] == get.headers["Content-Length"], "\(path)")
                }
                #expect(head.text == "")
            }
            #expect(try await server.send(.HEAD, "/purge").status == 405, "what has no GET has no HEAD")
        }
    }

    @Test func `a page of another origin may read what pages and correlates, on the answer itself`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            for path in ["/customer?limit=1", "/customer/99"] {
                let answer = try await server.get(path, headers: ["Origin": "http://localhost:4200"])
                #expect(answer.headers["Access-Control-Expose-Headers"] == ["Link, Retry-After, x-correlation-id"])
            }
            #expect(try await server.get("/customer").headers["Access-Control-Expose-Headers"].isEmpty)
        }
    }
}
