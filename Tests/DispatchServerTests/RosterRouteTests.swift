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
                #expect(answer.body == ["imported": count, "warnings": []])
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
}
