import Base
import DemandResponse
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

@Suite struct RosterRouteTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func serving(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.serving(scratch.file("d.sqlite"), body)
    }

    @Test(arguments: ["csv", "ndjson", "json"])
    func `what is exported can be imported and is the same again`(format: String) async throws {
        try await serving { server in
            for (path, count) in [("/program", 5), ("/customer", 8)] as [(String, JSON)] {
                let before = try await server.get(path).text
                let file = try await server.get("\(path)?format=\(format)").text
                let answer = try await server.send(.PUT, path, file, type: "text/plain")
                #expect(answer.status == 200, "\(answer.text)")
                #expect(answer.body["imported"] == count && answer.body["warnings"] == [])
                for kind in ["added", "changed", "removed"] { #expect(answer.body[kind] == 0) }
                #expect(try await server.get(path).text == before)
            }
        }
    }

    @Test func `csv has mongoexport's columns and is offered as a file`() async throws {
        try await serving { server in
            let answer = try await server.get("/customer?format=csv&program=2")
            #expect(answer.headers.first(name: "Content-Type") == "text/csv; charset=utf-8")
            #expect(answer.headers.first(name: "Content-Disposition") == "attachment; filename=\"customers.csv\"")
            let lines = answer.text.split(separator: "\r\n")
            #expect(lines.count == 3)
            #expect(lines.first == "_id,name,address,phone,email,programId,dispatchTypes")
            #expect(lines.dropFirst().first?.hasSuffix(#",2,"[1,2,3,4]""#) ?? false)
        }
    }

    @Test func `a file with bad lines changes nothing and has each of them named`() async throws {
        try await serving { server in
            let before = try await server.get("/customer").text
            let file = """
                {"_id":1,"name":"a","programId":1}
                {"_id":1,"name":"b","programId":1}
                {"_id":2,"name":"c","programId":77}
                {"_id":3,
                """
            let answer = try await server.send(.PUT, "/customer", file)
            #expect(answer.status == 400)
            #expect(answer.errorCode == "invalid-import")
            #expect(answer.wrongFields == ["_id", "programId", "document"])
            let lines = answer.body["error"]?["details"]?.arrayValue?.compactMap { $0["line"]?.integerValue }
            #expect(lines == [2, 3, 4])
            #expect(try await server.get("/customer").text == before)
        }
    }

    @Test func `a program that has customers is not left out`() async throws {
        try await serving { server in
            let answer = try await server.send(.PUT, "/program", #"[{"_id":1,"name":"a"}]"#)
            #expect(answer.status == 409)
            #expect(answer.errorCode == "program-in-use")
            #expect(try await server.get("/program").body.arrayValue?.count == 5)
        }
    }

    @Test func `incidents dispatch the customers that were imported`() async throws {
        try await serving { server in
            let file = "_id,name,programId,dispatchTypes\n41,Harbor Ice,3,3\n42,Bay Foundry,3,\"[1,9]\"\n"
            let answer = try await server.send(.PUT, "/customer", file, type: "text/csv")
            #expect(answer.body["imported"] == 2)
            #expect(answer.body["warnings"]?.arrayValue?.compactMap { $0["line"] } == [3])
            let id = try #require(try await server.post(incident(program: 3)).body["_id"]?.stringValue)
            let names = try await server.get("/incident/\(id)/customer").body.arrayValue?.map { $0["customerName"] }
            #expect(names == ["Harbor Ice", "Bay Foundry"])
        }
    }

    // MARK: - What is no file of ours

    @Test(arguments: [
        "null\n", "<html><body>502 Bad Gateway</body></html>", "Unauthorized\n", "_id,name,programId,dispatchTypes\n",
        "_id,name,programId,dispatchTypes", "[]\n", " [ ] ", String(repeating: "\0", count: 4_096),
        "_id;name;programId",
        "- {id: 1, name: Dock, program: 1}", "x", #"{"error":"Unauthorized"}"#, "",
        "_id,name,programId,dispatchTypes,_id\n1,a,1,3,2\n",
    ])
    func `a body without a record of ours removes nobody`(body: String) async throws {
        try await serving { server in
            for path in ["/customer", "/program"] {
                let before = try await server.get(path).text
                for type in ["text/plain", "application/json", "text/csv"] {
                    let answer = try await server.send(.PUT, path, body, type: type)
                    #expect(answer.status == 400, "\(path) \(type) \(answer.text)")
                }
                #expect(try await server.get(path).text == before)
            }
        }
    }

    @Test func `what is sent as another kind of document is not read`() async throws {
        try await serving { server in
            let file = try await server.get("/customer").text
            let answer = try await server.send(.PUT, "/customer", file, type: "text/html")
            #expect(answer.status == 415 && answer.errorCode == "unsupported-media-type")
        }
    }

    @Test func `everybody is replaced by nobody only where that is said`() async throws {
        try await serving { server in
            for body in ["[]", "_id,name,programId,dispatchTypes\n"] {
                let type = body == "[]" ? "application/json" : "text/csv"
                #expect(try await server.send(.PUT, "/customer", body, type: type).errorCode == "empty-import")
            }
            let answer = try await server.send(.PUT, "/customer?allow_empty=true", "[]")
            #expect(answer.status == 200 && answer.body["removed"] == 8 && answer.body["imported"] == 0)
            #expect(try await server.get("/customer").text == "[]")
            // What is no file stays none.
            #expect(try await server.send(.PUT, "/program?allow_empty=true", "null", type: "text/plain").status == 400)
        }
    }

    // MARK: - What an import changes

    private static let three = """
        _id,name,programId,dispatchTypes
        1,Keroche Wine,1,3
        9,New Mill,1,3
        10,Newer Mill,2,3
        """

    @Test func `a dry run tells what the import then does, and does nothing`() async throws {
        try await serving { server in
            let before = try await server.get("/customer").text
            let dry = try await server.send(.PUT, "/customer?dry_run=true", Self.three, type: "text/csv")
            #expect(dry.status == 200 && dry.body["dryRun"] == true)
            #expect(try await server.get("/customer").text == before)
            #expect(try await server.get("/roster").body.arrayValue?.count == 1)

            let real = try await server.send(.PUT, "/customer", Self.three, type: "text/csv")
            #expect(real.body["dryRun"] == false)
            for (kind, count) in [("imported", 3), ("added", 2), ("changed", 1), ("removed", 7)] as [(String, JSON)] {
                #expect(dry.body[kind] == count && real.body[kind] == count, "\(kind)")
            }
            #expect(real.body["ids"] == ["added": [9, 10], "changed": [1], "removed": [2, 3, 4, 5, 6, 7, 8]])
            #expect(dry.body["ids"] == real.body["ids"])
        }
    }

    @Test func `a dry run finds what is wrong as the import does`() async throws {
        try await serving { server in
            for (path, file) in [
                ("/customer", #"[{"_id":1}]"#), ("/customer", "[]"), ("/program", #"[{"_id":1,"name":"a"}]"#),
            ] {
                let dry = try await server.send(.PUT, path + "?dry_run=true", file)
                let real = try await server.send(.PUT, path, file)
                #expect(dry.status == real.status && dry.errorCode == real.errorCode && real.status >= 400)
            }
        }
    }

    @Test func `an import with a key is made once, also when another came between`() async throws {
        try await serving { server in
            let key = ["Idempotency-Key": "morning"]
            let first = try await server.send(.PUT, "/customer", Self.three, type: "text/csv", headers: key)
            let one = "_id,name,programId,dispatchTypes\n1,Keroche Wine,1,3\n"
            _ = try await server.send(.PUT, "/customer", one, type: "text/csv")
            let again = try await server.send(.PUT, "/customer", Self.three, type: "text/csv", headers: key)
            #expect(first.status == 200 && again.text == first.text)
            #expect(try await server.get("/customer").body.arrayValue?.count == 1)
            let other = try await server.send(.PUT, "/customer", one, type: "text/csv", headers: key)
            #expect(other.status == 422 && other.errorCode == "different-request")
        }
    }

    // MARK: - The roster that there was

    @Test func `what an import replaced is listed and can be had back, and that undone`() async throws {
        try await serving { server in
            let before = (try await server.get("/customer").text, try await server.get("/program").text)
            _ = try await server.send(.PUT, "/customer?allow_empty=true", "[]")
            _ = try await server.send(.PUT, "/program", #"[{"_id":7,"name":"Only"}]"#)
            let listed = try #require(try await server.get("/roster").body.arrayValue)
            #expect(listed.map { $0["customers"] } == [0, 0, 8])
            #expect(listed.map { $0["programs"] } == [1, 5, 5])
            #expect(listed.map { $0["isCurrent"] } == [true, false, false])
            let id = try #require(listed.last?["_id"]?.integerValue)

            let dry = try await server.send(.POST, "/roster/\(id)/restore?dry_run=true")
            #expect(dry.body["customers"]?["added"] == 8 && dry.body["programs"]?["added"] == 5)
            #expect(dry.body["programs"]?["removed"] == 1)
            #expect(try await server.get("/customer").text == "[]")
            let restored = try await server.send(.POST, "/roster/\(id)/restore")
            #expect(restored.status == 200 && restored.body["customers"] == dry.body["customers"])
            #expect(try await server.get("/customer").text == before.0)
            #expect(try await server.get("/program").text == before.1)
            // Its rules have heard of it.
            #expect(try await server.post(incident()).status == 200)
            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 3)
            #expect(try await server.send(.POST, "/roster/999999/restore").status == 404)
            #expect(try await server.send(.POST, "/roster/x/restore").status == 400)
        }
    }
}
