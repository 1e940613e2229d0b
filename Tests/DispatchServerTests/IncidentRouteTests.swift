import Base
import DemandResponse
import DispatchStore
import Journal
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

@Suite struct IncidentRouteTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func serving(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.serving(scratch.file("d.sqlite"), body)
    }

    @Test func `a new incident is answered with the body's fields, and then what the server adds`() async throws {
        try await serving { server in
            let answer = try await server.post(incident())
            #expect(answer.status == 200)
            #expect(
                answer.keys == [
                    "start_time", "end_time", "program_id", "event_type", "createdOn", "_id", "correlationId",
                ]
            )
            #expect(answer.text.hasPrefix(String(incident().dropLast())))
            #expect(answer.body["createdOn"]?.stringValue?.hasSuffix(" GMT") ?? false)
            for key in ["_id", "correlationId"] {
                #expect(answer.body[key]?.stringValue.flatMap(UniqueID.init) != nil)
            }
        }
    }

    @Test func `times and numbers come back as they were sent, from a form too`() async throws {
        try await serving { server in
            let iso = """
                {"start_time":"2099-08-27T21:00:00-07:00","end_time":null,"program_id":"1","event_type":"drill"}
                """
            let answer = try await server.post(iso)
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix(String(iso.dropLast())))

            let form = "start_time=08%2F27%2F2099+21%3A00&end_time=08/27/2099%2022:00&program_id=2&event_type=a%26b"
            let sent = try await server.post(form, type: "application/x-www-form-urlencoded; charset=utf-8")
            #expect(sent.status == 200)
            #expect(sent.body["start_time"] == "08/27/2099 21:00")
            #expect(sent.body["end_time"] == "08/27/2099 22:00")
            #expect(sent.body["program_id"] == "2")
            #expect(sent.body["event_type"] == "a&b")
            #expect(try await server.get("/dispatch/customer/3").body.arrayValue?.count == 4)
        }
    }

    private static let mistakes: [(body: String, fields: [String])] = [
        ("{}", ["program_id", "event_type", "start_time", "end_time"]),
        (
            #"{"start_time":"soon","end_time":7,"program_id":1.5,"event_type":""}"#,
            ["program_id", "event_type", "start_time", "end_time"]
        ),
        (
            #"{"start_time":"08/27/2099 22:00","end_time":"08/27/2099 21:00","program_id":1,"event_type":"x"}"#,
            ["end_time"]
        ),
        (
            #"{"start_time":"02/30/2099 22:00","end_time":"13/01/2099 21:00","program_id":1,"event_type":"x"}"#,
            ["start_time", "end_time"]
        ),
        (
            #"{"start_time":"08/27/2099 21:00","end_time":null,"program_id":"5abc","event_type":"x","test":1}"#,
            ["program_id", "test"]
        ),
    ]

    @Test(arguments: mistakes)
    func `every wrong field is named, and nothing is stored`(body: String, fields: [String]) async throws {
        try await serving { server in
            let answer = try await server.post(body)
            #expect(answer.status == 400)
            // A period that is wrong in itself is the rules' to refuse.
            #expect(answer.errorCode == (fields == ["end_time"] ? "invalid-period" : "invalid-parameters"))
            #expect(answer.wrongFields == fields)
            #expect(try await server.get("/dispatch/customer/1").text == "[]")
        }
    }

    @Test(arguments: [nil, "", "[]", "null", "7", "{", "\u{0}", #"{"a":1"#, #"{"start_time":"#])
    func `a body that is missing or no object is 400`(body: String?) async throws {
        try await serving { server in
            let answer = try await server.post(body)
            #expect(answer.status == 400)
            #expect(answer.errorCode == "invalid-parameters")
            #expect(try await server.get("/customer/1").status == 200)
        }
    }

    @Test func `a body of more than a mebibyte is 413`() async throws {
        try await serving { server in
            let answer = try await server.post(incident(type: String(repeating: "x", count: 1 << 20)))
            #expect(answer.status == 413)
            #expect(answer.errorCode == "http-413")
        }
    }

    @Test func `an unknown program is 404, and nothing is stored`() async throws {
        try await serving { server in
            let answer = try await server.post(incident(program: 99))
            #expect(answer.status == 404)
            #expect(answer.errorCode == "unknown-program")
            #expect(try await server.post(incident()).status == 200)
            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 3)
        }
    }

    @Test func `the body's own message and status do not choose the answer`() async throws {
        try await serving { server in
            let body = String(incident().dropLast()) + #","message":"teapot","statusCode":418,"_id":"mine"}"#
            let answer = try await server.post(body)
            #expect(answer.status == 200)
            #expect(answer.body["message"] == nil && answer.body["statusCode"] == nil)
            #expect(answer.body["_id"] != "mine")
        }
    }

    @Test func `an idempotency key gives the same answer again and no second dispatch`() async throws {
        try await serving { server in
            let first = try await server.post(incident(), key: "k1")
            let again = try await server.post(incident(), key: "k1")
            #expect(first.status == 200)
            #expect(again.status == 200)
            #expect(again.text == first.text)
            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 3)
            let other = try await server.post(incident(), key: "k2")
            #expect(other.body["_id"] != first.body["_id"])
            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 6)
        }
    }

    @Test func `an idempotency key is not taken for another request`() async throws {
        try await serving { server in
            let first = try await server.post(incident(), key: "k1")
            let other = try await server.post(incident(program: 2), key: "k1")
            #expect(other.status == 422)
            #expect(other.errorCode == "different-incident")
            #expect(try await server.get("/dispatch/customer/3").text == "[]")
            // What is refused for good reason leaves the key free.
            #expect(try await server.post(incident(program: 99), key: "k3").status == 404)
            #expect(try await server.post(incident(), key: "k3").status == 200)

            let id = first.body["_id"]?.stringValue ?? ""
            _ = try await server.send(.PATCH, "/incident/\(id)", #"{"end_time":"08/27/2099 23:00"}"#)
            #expect(try await server.post(incident(), key: "k1").text == first.text)
        }
    }

    @Test func `an incident is read, modified and cancelled`() async throws {
        try await serving { server in
            let opened = try await server.post(incident())
            let path = "/incident/\(opened.body["_id"]?.stringValue ?? "")"
            let read = try await server.get(path + "/")
            #expect(read.status == 200)
            #expect(read.keys.prefix(7) == opened.keys[...])
            #expect(read.body["status"] == "far")
            #expect(read.body["modificationNumber"] == 0)

            let changed = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 23:00"}"#)
            #expect(changed.status == 200)
            #expect(changed.body["end_time"] == "08/27/2099 23:00")
            #expect(changed.body["modificationNumber"] == 1)
            for body in ["{}", #"{"start_time":"soon"}"#, "[]"] {
                #expect(try await server.send(.PATCH, path, body).status == 400)
            }

            let cancelled = try await server.send(.DELETE, path)
            #expect(cancelled.status == 200)
            #expect(cancelled.body["status"] == "cancelled")
            #expect(try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 22:30"}"#).status == 409)
        }
    }

    @Test func `a recall is the end of an incident, which is completed then`() async throws {
        try await serving { server in
            let opened = try await server.post(incident())
            let path = "/incident/\(opened.body["_id"]?.stringValue ?? "")"
            #expect(try await server.get(path).body["recalledAt"] == nil)
            let recalled = try await server.send(.POST, path + "/recall")
            #expect(recalled.status == 200)
            #expect(recalled.body["status"] == "completed")
            #expect(recalled.body["modificationNumber"] == 0)
            let at = try #require(recalled.body["recalledAt"])
            #expect(recalled.body["endsAt"] == at && recalled.body["end_time"] == at)
            #expect(try await server.get(path).text == recalled.text)
            for refused in [
                try await server.send(.POST, path + "/recall"), try await server.send(.DELETE, path),
                try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 22:30"}"#),
            ] {
                #expect(refused.status == 409 && refused.errorCode == "incident-over")
            }
        }
    }

    @Test func `an incident of a group dispatches its customers, and says so`() async throws {
        try await serving { server in
            let customers = """
                _id,name,programId,dispatchTypes,group
                1,Mill,1,3,north
                2,Farm,1,3,south
                3,Shop,1,3,
                """
            #expect(try await server.send(.PUT, "/customer", customers, type: "text/csv").status == 200)
            #expect(try await server.get("/customer/1").body.arrayValue?.first?["group"] == "north")
            #expect(try await server.get("/customer/3").body.arrayValue?.first?["group"] == nil)
            let exported = try await server.get("/customer?format=csv").text
            #expect(exported.contains("group\r\n1,Mill,,,,1,[3],north\r\n"), "\(exported)")

            func body(_ group: String) -> String { String(incident().dropLast()) + #","group":\#(group)}"# }
            let opened = try await server.post(body(#""north""#))
            #expect(opened.status == 200 && opened.body["group"] == "north")
            let found = try await server.get("/incident/\(opened.body["_id"]?.stringValue ?? "")")
            #expect(found.body["group"] == ["north"])
            #expect(try await server.post(body(#"["south","north"]"#)).status == 200)
            for (customer, count) in [(1, 2), (2, 1), (3, 0)] {
                #expect(try await server.get("/dispatch/customer/\(customer)").body.arrayValue?.count == count)
            }
            let unknown = try await server.post(body(#""west""#))
            #expect(unknown.status == 404 && unknown.errorCode == "unknown-group")
            for group in ["7", "[]", #""a b""#, #"["north","north"]"#, #"["north",1]"#] {
                #expect(try await server.post(body(group)).wrongFields == ["group"], "\(group)")
            }
            // Passed over, either would call everybody, or call everybody again.
            let plural = String(incident().dropLast()) + #","groups":["north"]}"#
            #expect(try await server.post(plural).wrongFields == ["groups"])
            let path = "/incident/\(opened.body["_id"]?.stringValue ?? "")"
            let moved = try await server.send(.PATCH, path, #"{"group":"south","event_type":"standby"}"#)
            #expect(moved.status == 400 && moved.wrongFields == ["group"])
            #expect(try await server.get(path).body["modificationNumber"] == 0)
        }
    }

    @Test func `an incident that is not there can be neither read nor changed`() async throws {
        try await serving { server in
            let path = "/incident/01234567-89ab-cdef-0123-456789abcdef"
            #expect(try await server.get(path).status == 404)
            #expect(try await server.send(.DELETE, path).errorCode == "unknown-incident")
            #expect(try await server.send(.POST, path + "/recall").errorCode == "unknown-incident")
            #expect(try await server.send(.POST, "/incident/one/recall").status == 400)
            let changed = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 23:00"}"#)
            #expect(changed.status == 404)
        }
    }

    // MARK: - Changes that are none, and changes asked for again

    private func opened(_ server: TestServer) async throws -> String {
        "/incident/\(try #require(try await server.post(incident()).body["_id"]?.stringValue))"
    }

    @Test(arguments: [
        #"{"end_time":"08/27/2099 22:00"}"#, #"{"end_time":"2099-08-28T05:00:00Z","event_type":"market_dispatch"}"#,
        #"{"start_time":"2099-08-27T21:00:00-07:00","end_time":"2099-08-27 22:00"}"#,
    ])
    func `a change to what is already so changes nothing, in whatever notation`(body: String) async throws {
        try await serving { server in
            let path = try await opened(server)
            let before = try await server.get(path).text
            for _ in 0..<3 {
                let answer = try await server.send(.PATCH, path, body)
                #expect(answer.status == 200 && answer.text == before)
            }
            let words = try await server.send(.PATCH, path, #"{"end_time":"2099-08-28T05:00:00Z","end_text":"ten"}"#)
            #expect(words.body["modificationNumber"] == 1, "other words are a change")
        }
    }

    @Test func `a change with a key is made once, also when another came between, and across restarts`() async throws {
        let key = ["Idempotency-Key": "k1"]
        var path = ""
        try await serving { server in
            path = try await opened(server)
            let first = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 23:00"}"#, headers: key)
            #expect(first.body["modificationNumber"] == 1)
            let again = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 23:00"}"#, headers: key)
            #expect(again.text == first.text)
            #expect(again.headers["X-Correlation-ID"] == first.headers["X-Correlation-ID"])
            _ = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 23:30"}"#)
        }
        try await TestServer.serving(scratch.file("d.sqlite"), roster: nil) { server in
            let later = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 23:00"}"#, headers: key)
            #expect(later.status == 200)
            #expect(later.body["end_time"] == "08/27/2099 23:30" && later.body["modificationNumber"] == 2)
            let other = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 22:30"}"#, headers: key)
            #expect(other.status == 422 && other.errorCode == "different-request")
        }
    }

    @Test func `a cancellation and a recall with a key are answered again, and without it are refused`() async throws {
        try await serving { server in
            let key = ["Idempotency-Key": "k1"]
            for (method, suffix) in [(.DELETE, ""), (.POST, "/recall")] as [(HTTPMethod, String)] {
                let path = try await opened(server) + suffix
                let first = try await server.send(method, path, headers: key)
                #expect(first.status == 200)
                #expect(try await server.send(method, path, headers: key).text == first.text)
                #expect(try await server.send(method, path).status == 409)
            }
        }
    }

    @Test func `a key of a change that was refused is free, and one that is none is refused`() async throws {
        try await serving { server in
            let path = try await opened(server)
            let key = ["Idempotency-Key": "k1"]
            let wrong = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 20:00"}"#, headers: key)
            #expect(wrong.status == 400 && wrong.errorCode == "invalid-period")
            let right = try await server.send(.PATCH, path, #"{"end_time":"08/27/2099 23:00"}"#, headers: key)
            #expect(right.body["modificationNumber"] == 1)
            for none in ["", String(repeating: "k", count: 256)] {
                let answer = try await server.send(.DELETE, path, headers: ["Idempotency-Key": none])
                #expect(answer.status == 400 && answer.wrongFields == ["Idempotency-Key"])
            }
        }
    }

    // MARK: - What is misspelt

    @Test(arguments: [
        "Test", "tset", "is_test", "drill", "test ", "TEST", "programId", "starttime",
    ])
    func `a field that is not known is refused, so that no drill becomes real`(field: String) async throws {
        try await serving { server in
            let body = String(incident().dropLast()) + #","\#(field)":true}"#
            let answer = try await server.post(body)
            #expect(answer.status == 400 && answer.wrongFields == [field])
            let form = "start_time=08/27/2099 21:00&end_time=08/27/2099 22:00&program_id=2&event_type=a&\(field)=true"
            let sent = try await server.post(form, type: "application/x-www-form-urlencoded")
            #expect(sent.status == 400 && sent.wrongFields == [field])
            #expect(try await server.get("/incident").text == "[]")
            let change = #"{"end_time":"08/27/2099 23:00","\#(field)":true}"#
            let path = try await opened(server)
            #expect(try await server.send(.PATCH, path, change).wrongFields == [field])
            #expect(try await server.get(path).body["modificationNumber"] == 0)
        }
    }

    @Test func `a field that stands there twice is refused, since nobody knows which is meant`() async throws {
        try await serving { server in
            let body = String(incident().dropLast()) + #","test":true,"test":false}"#
            #expect(try await server.post(body).wrongFields == ["test"])
            let form = "start_time=08/27/2099 21:00&end_time=null&program_id=2&event_type=a&test=true&test=false"
            let sent = try await server.post(form, type: "application/x-www-form-urlencoded")
            #expect(sent.wrongFields.contains("test"))
            #expect(try await server.get("/incident").text == "[]")
        }
    }

    @Test func `a drill cannot be made real, and no program another`() async throws {
        try await serving { server in
            let path = try await opened(server)
            let body = #"{"end_time":"08/27/2099 23:00","test":false,"program_id":2}"#
            #expect(try await server.send(.PATCH, path, body).wrongFields == ["program_id", "test"])
        }
    }

    @Test(arguments: ["test=true", "dry_run=true", "Test=1", "x"])
    func `a parameter that a request does not have is refused`(query: String) async throws {
        try await serving { server in
            let path = try await opened(server)
            for (method, path, body) in [
                (.POST, "/incident", incident()), (.PATCH, path, #"{"event_type":"x"}"#), (.DELETE, path, nil),
                (.POST, path + "/recall", nil), (.GET, path, nil), (.GET, "/incident", nil), (.GET, "/customer/1", nil),
                (.GET, "/dispatch/customer/1", nil), (.GET, "/config", nil), (.GET, path + "/summary", nil),
            ] as [(HTTPMethod, String, String?)]
            // Of all that change something only an incident that is asked for can be tried.
            where !(query == "dry_run=true" && method == .POST && path == "/incident") {
                let answer = try await server.send(method, path + "?" + query, body)
                #expect(answer.status == 400, "\(method) \(path)")
                #expect(answer.wrongFields == [query.split(separator: "=").first.map(String.init) ?? ""])
            }
            #expect(try await server.get("/incident").body.arrayValue?.count == 1)
            #expect(try await server.get("/incident?limit=1&limit=2").wrongFields == ["limit"])
        }
    }

    // MARK: - Instants

    @Test(arguments: [
        "12/31/9999 23:59", "9999-12-31T23:59:59-12:00", "9999-01-02T00:00:00Z", "0001-01-01T00:00:00Z",
        "01/01/0001 00:00",
    ])
    func `an instant that not every text can say is refused with the range, and what is meant`(time: String)
        async throws
    {
        try await serving { server in
            for field in ["start_time", "end_time"] {
                let other = field == "start_time" ? "end_time" : "start_time"
                let body = #"{"\#(field)":"\#(time)","\#(other)":"08/27/2099 21:00","program_id":1,"event_type":"x"}"#
                let answer = try await server.post(body)
                #expect(answer.status == 400 && answer.wrongFields == [field])
                #expect(answer.text.contains("within the years 0002 to 9998"))
            }
            let path = try await opened(server)
            #expect(try await server.send(.PATCH, path, #"{"end_time":"\#(time)"}"#).wrongFields == ["end_time"])
        }
    }

    @Test(arguments: ["04/12/2262 00:00", "12/30/9998 23:59", "12/31/2999 23:59"])
    func `an end in the far future is taken, and the server goes on, also after a restart`(time: String) async throws {
        let body = #"{"start_time":"08/27/2026 21:00","end_time":"\#(time)","program_id":1,"event_type":"x"}"#
        try await serving { server in
            let (far, other) = (try await server.post(body), try await server.post(incident()))
            #expect(far.status == 200 && other.status == 200)
        }
        try await TestServer.serving(scratch.file("d.sqlite"), roster: nil) { server in
            let third = try await server.post(incident())
            #expect(third.status == 200)
            #expect(try await server.get("/incident").body.arrayValue?.count == 3)
        }
    }

    @Test func `a database that holds an end beyond the range starts, and says it as it is`() async throws {
        let path = scratch.file("d.sqlite")
        let end = Timestamp(microseconds: 253_402_300_800_000_000 + 60_000_000)
        let database = try ServerDatabase.open(at: path)
        var rules = Dispatcher()
        let now = Timestamp(microseconds: 1_790_000_000_000_000)
        let request = IncidentRequest(
            id: UniqueID(high: 1, low: 2),
            correlation: UniqueID(high: 1, low: 3),
            program: 1,
            eventType: "x",
            period: Incident.Period(start: now, end: end)
        )
        for input in [Input.rosterReplaced(.seed, nil), .started, .incidentRequested(request, nil)] {
            try database.commit([JournalEntry(input: input, at: now, effects: rules.handle(input, at: now))])
        }
        try database.close()
        try await TestServer.serving(path, roster: nil) { server in
            #expect(try await server.post(incident()).status == 200)
            let found = try await server.get("/incident/\(UniqueID(high: 1, low: 2))")
            #expect(found.body["endsAt"] == "+010000-01-01T00:01:00Z")
        }
    }

    @Test func `a time in the gap of a change of clocks says in the message what it became`() async throws {
        try await serving { server in
            let body =
                #"{"start_time":"03/14/2027 02:30","end_time":"03/14/2027 04:00","program_id":1,"event_type":"x"}"#
            let answer = try await server.post(body)
            #expect(answer.status == 200 && answer.body["start_time"] == "03/14/2027 02:30")
            let told = try await server.get("/dispatch/customer/1").body.arrayValue?.first?["message"]?.stringValue
            #expect(
                told?.contains("03/14/2027 02:30 (03:30, since clocks are set forward) and 03/14/2027 04:00") ?? false
            )
        }
    }
}
