import Base
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

@testable import DispatchServer

@Suite struct ConsoleRouteTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func serving(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.serving(scratch.file("d.sqlite"), body)
    }

    private static let browser = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]

    @Test func `a browser gets the page and everything that it names`() async throws {
        try await serving { server in
            let page = try await server.get("/", headers: Self.browser)
            #expect(page.headers.first(name: "Content-Type") == "text/html; charset=utf-8")
            #expect(page.headers.first(name: "Vary")?.contains("Accept") ?? false)
            var named: Set<String> = []
            for match in page.text.matches(of: /(?:href|src)="(\/console\/[^"]+)"/) { named.insert(String(match.1)) }
            #expect(named == ["/console/console.css", "/console/icon.svg", "/console/main.js"])
            for name in ConsoleFile.all.keys.sorted() {
                let file = try await server.get("/console/\(name)")
                #expect(file.status == 200)
                for match in file.text.matches(of: /(?:from|import) "\.\/([^"]+)"/) {
                    #expect(ConsoleFile.all[String(match.1)] != nil, "\(name) imports \(match.1)")
                }
            }
            for path in named { #expect(ConsoleFile.all[String(path.dropFirst("/console/".count))] != nil) }
        }
    }

    @Test func `other clients get the first version's line`() async throws {
        try await serving { server in
            for headers in [[:], ["Accept": "*/*"]] {
                let answer = try await server.get("/", headers: headers)
                #expect(answer.text == "GridDrill dispatcher is running\n")
            }
        }
    }

    @Test func `nothing but the server's own files may run or be loaded`() async throws {
        try await serving { server in
            let page = try await server.get("/", headers: Self.browser)
            let policy = page.headers.first(name: "Content-Security-Policy") ?? ""
            #expect(policy.contains("default-src 'none'"))
            #expect(policy.contains("script-src 'self'"))
            #expect(!policy.contains("unsafe"))
            #expect(!page.text.contains("<script>"))
            #expect(!page.text.contains("style="))
            #expect(!page.text.contains("http://"))
        }
    }

    @Test func `a file that has not changed is not sent again`() async throws {
        try await serving { server in
            let tag = try #require(try await server.get("/console/main.js").headers.first(name: "ETag"))
            let again = try await server.get("/console/main.js", headers: ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.text.isEmpty)
            #expect(try await server.get("/console/main.js", headers: ["If-None-Match": "\"x\""]).status == 200)
            #expect(try await server.get("/console/secret.js").status == 404)
        }
    }

    @Test func `monitoring is told that the server is there and what it counted`() async throws {
        try await serving { server in
            let (health, ready) = (try await server.get("/health"), try await server.get("/ready"))
            #expect(health.body == ["status": "ok"])
            #expect(ready.body == ["status": "ready"])
            _ = try await server.post(incident(program: 5))
            let metrics = try await server.get("/metrics")
            #expect(metrics.headers.first(name: "Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let lines = metrics.text.split(separator: "\n")
            #expect(lines.contains(#"griddrill_dispatches_total{channel="none"} 1"#))
            #expect(lines.contains(#"griddrill_open_incidents{status="far"} 1"#))
            #expect(lines.contains("griddrill_sessions 0"))
            #expect(lines.contains("griddrill_dispatch_lag_seconds_count 1"))
        }
    }
}
