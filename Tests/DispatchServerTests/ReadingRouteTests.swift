import Base
import DemandResponse
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

@Suite struct ReadingRouteTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func serving(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.serving(scratch.file("d.sqlite"), body)
    }

    private static let customer = """
        {"_id":1,"name":"Keroche Wine","address":"Highway 71","phone":"+16175550101","email":"customer1@grid.example",\
        "programId":1,"dispatchTypes":[1,2,3]}
        """

    @Test func `the root says in a line that the server is running`() async throws {
        try await serving { server in
            let answer = try await server.get("/")
            #expect(answer.status == 200)
            #expect(answer.headers.first(name: "Content-Type") == "text/plain; charset=utf-8")
            #expect(answer.text == "GridDrill dispatcher is running\n")
        }
    }

    @Test func `the configuration names the addresses and the port as text`() async throws {
        try await serving { server in
            let answer = try await server.get("/config")
            #expect(answer.status == 200)
            #expect(answer.keys.suffix(2) == ["ip", "port"])
            #expect(answer.body["port"]?.stringValue == String(server.port))
            #expect(answer.body["ip"]?.stringValue?.isEmpty == false)
            for name in answer.keys.dropLast(2) { #expect(answer.body[name]?.arrayValue?.count == 1) }
        }
    }

    @Test func `a customer is an array of one, its fields in the first version's order`() async throws {
        try await serving { server in
            let answer = try await server.get("/customer/1")
            #expect(answer.status == 200)
            #expect(answer.headers.first(name: "Content-Type") == "application/json; charset=utf-8")
            #expect(answer.text == "[\(Self.customer)]")
            #expect(try await server.get("/customer/1/").text == answer.text)
            #expect(try await server.get("/customer/8").body.arrayValue?.first?["dispatchTypes"] == [])
            #expect(try await server.get("/customer/3").body.arrayValue?.first?["dispatchTypes"] == [1, 2, 3, 4])
        }
    }

    @Test(arguments: ["program/1/customer", "program/1/customers", "program/1/customer/", "program/1/customers/"])
    func `a program has its customers with it`(path: String) async throws {
        try await serving { server in
            let answer = try await server.get("/\(path)")
            #expect(answer.status == 200)
            let head = #"{"_id":1,"name":"Green Mountain Energy Cool Mornings","programCustomers":["#
            #expect(answer.text.hasPrefix("\(head)\(Self.customer),"))
            #expect(answer.body["programCustomers"]?.arrayValue?.compactMap { $0["_id"]?.integerValue } == [1, 2])
        }
    }

    @Test(arguments: ["customer/99", "program/99/customer", "dispatch/customer/99", "dispatch/customer/99/true"])
    func `what is not there is 404`(path: String) async throws {
        try await serving { server in
            let answer = try await server.get("/\(path)")
            #expect(answer.status == 404)
            #expect(answer.errorCode == "not-found")
            #expect(answer.body["error"]?["message"]?.stringValue?.contains("99") ?? false)
        }
    }

    @Test(arguments: ["customer/5abc", "customer/1.5", "program/x/customer", "dispatch/customer/-", "incident/5"])
    func `an id that is none is 400 and names the field`(path: String) async throws {
        try await serving { server in
            let answer = try await server.get("/\(path)")
            #expect(answer.status == 400)
            #expect(answer.errorCode == "invalid-parameters")
            #expect(answer.wrongFields == ["id"])
        }
    }

    @Test func `dispatches have the first version's fields in its order`() async throws {
        try await serving { server in
            #expect(try await server.get("/dispatch/customer/1").text == "[]")
            let opened = try await server.post(incident())
            let rows = try await server.get("/dispatch/customer/1").body.arrayValue ?? []
            #expect(rows.compactMap { $0["dispatchMeans"]?.stringValue } == ["email", "text", "websocket"])
            for row in rows {
                #expect(
                    row.objectValue?.members.map(\.key) == [
                        "_id", "incidentId", "programId", "programName", "customerId", "customerName", "message",
                        "hasBeenSent", "hasBeenAcknowledged", "dispatchMeans", "moreInfo", "createdOn",
                    ]
                )
                #expect(row["incidentId"] == opened.body["_id"])
                #expect(row["customerId"] == 1)
                #expect(row["programId"] == 1)
                #expect(row["hasBeenAcknowledged"] == false)
                #expect(row["_id"]?.stringValue.flatMap(UniqueID.init) != nil)
                #expect(row["createdOn"] == opened.body["createdOn"])
            }
            #expect(
                rows.first?["message"] == """
                    Dear Voltan, You have been dispatched as part of the Program "Green Mountain Energy Cool Mornings". \
                    Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and \
                    08/27/2099 22:00
                    """
            )
        }
    }

    @Test func `nothing that has no sender counts as sent, and the record says why`() async throws {
        try await serving { server in
            _ = try await server.post(incident())
            _ = try await server.post(incident(program: 5))
            let rows = try await server.get("/dispatch/customer/1").body.arrayValue ?? []
            #expect(rows.map { $0["hasBeenSent"] } == [false, false, false])
            let unreachable = try await server.get("/dispatch/customer/8").body.arrayValue ?? []
            #expect(unreachable.count == 1)
            #expect(unreachable.first?["hasBeenSent"] == false)
            #expect(unreachable.first?["dispatchMeans"] == "")
            #expect(
                unreachable.first?["moreInfo"] == "NO WAY TO SEND DISPATCH TO CUSTOMER Customer - no dipatch"
            )
        }
    }

    @Test func `acknowledged and open dispatches are told apart, in any case`() async throws {
        try await serving { server in
            _ = try await server.post(incident())
            for word in ["true", "TRUE", "True"] {
                #expect(try await server.get("/dispatch/customer/1/\(word)").text == "[]")
            }
            for word in ["false", "False", "FALSE/"] {
                #expect(try await server.get("/dispatch/customer/1/\(word)").body.arrayValue?.count == 3)
            }
            let refused = try await server.get("/dispatch/customer/1/maybe")
            #expect(refused.status == 400)
            #expect(refused.body["error"]?["message"] == "INVALID PARAMETERS")
            #expect(refused.wrongFields == ["acknowledged"])
        }
    }

    @Test func `pages of dispatches follow one another, oldest first`() async throws {
        try await serving { server in
            var opened: [JSON?] = []
            for _ in 0..<3 { opened.append(try await server.post(incident()).body["_id"]) }
            let all = try await server.get("/dispatch/customer/1").body.arrayValue ?? []
            #expect(all.map { $0["incidentId"] } == opened.flatMap { [$0, $0, $0] })

            var paged: [JSON] = []
            for _ in 0..<5 {
                let after = paged.last?["_id"]?.stringValue.map { "&after=\($0)" } ?? ""
                paged += try await server.get("/dispatch/customer/1?limit=2\(after)").body.arrayValue ?? []
            }
            #expect(paged == all)
            for query in ["limit=0", "limit=10001", "limit=x", "after=5"] {
                let refused = try await server.get("/dispatch/customer/1?\(query)")
                #expect(refused.status == 400, "\(query)")
                #expect(refused.wrongFields == [String(query.prefix { $0 != "=" })])
            }
        }
    }
}
