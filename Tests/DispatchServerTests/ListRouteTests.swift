import Base
import DemandResponse
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

@Suite struct ListRouteTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func serving(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.serving(scratch.file("d.sqlite"), body)
    }

    /// The `_id`s, or another member, of every page from here on; a page that is empty or not 200 ends it.
    private func pages(_ server: TestServer, _ path: String, _ member: String = "_id") async throws -> [[JSON]] {
        var pages: [[JSON]] = []
        var next: String? = path
        while let path = next, pages.count < 20 {
            let answer = try await server.get(path)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            pages.append(answer.body.arrayValue?.compactMap { $0[member] } ?? [])
            let link = answer.headers.first(name: "Link") ?? ""
            #expect(link.isEmpty || link.hasSuffix("; rel=\"next\""))
            next = link.isEmpty ? nil : link.split(separator: ">").first.map { String($0.dropFirst()) }
        }
        return pages
    }

    @Test func `pages are joined by their links and keep what narrows them`() async throws {
        try await serving { server in
            let customers = try await pages(server, "/customer?limit=3")
            #expect(customers == [[1, 2, 3], [4, 5, 6], [7, 8]])
            #expect(try await pages(server, "/customer?program=2&limit=1") == [[3], [4]])
            #expect(try await pages(server, "/program?limit=5") == [[1, 2, 3, 4, 5]])
            #expect(try await pages(server, "/customer?limit=4&after=4") == [[5, 6, 7, 8]])
        }
    }

    @Test func `incidents are listed newest first and found by program and status`() async throws {
        try await serving { server in
            var ids: [JSON] = []
            for program in [1, 2, 1] {
                ids.append(try #require(try await server.post(incident(program: program)).body["_id"]))
            }
            #expect(try await pages(server, "/incident?limit=2") == [[ids[2], ids[1]], [ids[0]]])
            #expect(try await pages(server, "/incident?program=1") == [[ids[2], ids[0]]])
            let first = try #require(ids[0].stringValue)
            #expect(try await server.send(.DELETE, "/incident/\(first)").status == 200)
            #expect(try await pages(server, "/incident?status=cancelled") == [[ids[0]]])
            #expect(try await pages(server, "/incident?status=far,near,active") == [[ids[2], ids[1]]])
        }
    }

    @Test func `a summary counts each customer once`() async throws {
        try await serving { server in
            let id = try #require(try await server.post(incident(program: 5)).body["_id"]?.stringValue)
            let summary = try await server.get("/incident/\(id)/summary").body
            #expect(summary["customers"] == 1)
            #expect(summary["unreachable"] == 1)
            #expect(summary["pending"] == 0)
            #expect(summary["acknowledgementLatency"]?["p50Milliseconds"] == .null)
            let customers = try await server.get("/incident/\(id)/customer").body
            #expect(customers.arrayValue?.first?["state"] == "unreachable")
            #expect(customers.arrayValue?.first?["records"]?.arrayValue?.count == 1)
        }
    }

    @Test func `dispatches are searched by what they have in common`() async throws {
        try await serving { server in
            let id = try #require(try await server.post(incident()).body["_id"]?.stringValue)
            _ = try await server.post(incident(program: 2))
            #expect(try await pages(server, "/dispatch?incident=\(id)", "customerId").joined().count == 6)
            #expect(
                try await pages(server, "/dispatch?incident=\(id)&limit=4", "customerId") == [[1, 1, 1, 2], [2, 2]]
            )
            #expect(try await pages(server, "/dispatch?customer=3", "dispatchMeans").first?.count == 4)
            #expect(try await pages(server, "/dispatch?program=2&state=pending", "customerId") == [[3, 4]])
            #expect(try await pages(server, "/dispatch?acknowledged=true") == [[]])
        }
    }

    @Test func `the audit log tells what a request led to`() async throws {
        try await serving { server in
            let answer = try await server.post(incident(program: 5))
            let correlation = try #require(answer.body["correlationId"]?.stringValue)
            let kinds = try await pages(server, "/audit?correlation=\(correlation)", "kind").joined()
            #expect(kinds.last == "incident.requested")
            #expect(kinds.contains("dispatch.recorded"))
            let some = try await pages(server, "/audit?kind=started,roster.replaced", "kind")
            #expect(some == [["started", "roster.replaced"]])
        }
    }

    @Test(arguments: [
        ("/customer?limit=0", "limit"), ("/customer?limit=10001", "limit"), ("/customer?after=x", "after"),
        ("/customer?program=1.5", "program"), ("/customer?format=xml", "format"), ("/incident?status=open", "status"),
        ("/incident?status=", "status"), ("/incident?after=7", "after"), ("/dispatch?acknowledged=yes", "acknowledged"),
        ("/dispatch?after=1-2-3", "after"), ("/dispatch?state=sent,lost", "state"), ("/audit?since=yesterday", "since"),
        ("/audit?correlation=x", "correlation"),
    ])
    func `a parameter that makes no sense is named`(path: String, field: String) async throws {
        try await serving { server in
            let answer = try await server.get(path)
            #expect(answer.status == 400)
            #expect(answer.wrongFields == [field])
        }
    }

    @Test func `every wrong parameter is named at once`() async throws {
        try await serving { server in
            let answer = try await server.get("/dispatch?customer=x&limit=x&state=x")
            #expect(answer.wrongFields == ["customer", "state", "limit"])
        }
    }

    @Test(arguments: ["summary", "customer"])
    func `an unknown incident is not found`(what: String) async throws {
        try await serving { server in
            let unknown = try await server.get("/incident/00000000-0000-4000-8000-000000000000/\(what)")
            let wrong = try await server.get("/incident/7/\(what)")
            #expect(unknown.status == 404)
            #expect(wrong.status == 400)
        }
    }
}
