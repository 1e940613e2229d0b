import Base
import DemandResponse
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

@Suite("The REST interface and the limits of programs")
struct LimitRouteTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let rules = #"""
        {"_id": 1, "name": "Evening Saver", "limits": {"notice": {"least": "30m"}, "window": {"hours": "16:00..22:00"},
         "counts": [{"per": "day", "events": 1}]}, "binding": true}
        """#

    /// A server whose first program has rules, imported over REST.
    private func serving(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            let others = (2...5).map { #"{"_id": \#($0), "name": "Other"}"# }.joined(separator: "\n")
            let file = Self.rules.replacing("\n", with: "") + "\n" + others
            let answer = try await server.send(.PUT, "/program", file, type: "text/plain")
            #expect(answer.status == 200, "\(answer.text)")
            try await body(server)
        }
    }

    private func body(_ start: String, _ end: String, _ more: String = "") -> String {
        #"{"start_time":"08/27/2099 \#(start)","end_time":"08/27/2099 \#(end)","program_id":1,"event_type":"e"\#(more)}"#
    }

    @Test("a request is refused with every rule that it breaks, and nothing of it is kept")
    func refusal() async throws {
        try await serving { server in
            #expect(try await server.post(body("17:00", "20:00")).status == 200)
            let answer = try await server.post(body("21:00", "23:00"))
            #expect(answer.status == 409)
            #expect(answer.errorCode == "against-limits")
            let rules = answer.body["error"]?["rules"]?.arrayValue ?? []
            #expect(rules.map { $0["rule"]?.stringValue } == ["outside_window", "day_limit"])
            #expect(rules.last?["limit"] == "1 event a day")
            #expect(rules.last?["used"] == "1 event")
            #expect(rules.last?["resets_at"] == "2099-08-28T00:00:00-07:00")
            #expect(answer.body["error"]?["time_zone"] == "America/Los_Angeles")
            #expect(try await server.get("/incident").body.arrayValue?.count == 1)
            let metrics = try await server.get("/metrics").text
            #expect(metrics.contains(#"griddrill_limit_refusals_total{rule="day_limit"} 1"#))
            let audit = try await server.get("/audit").text
            #expect(audit.contains("against-limits: outside_window, day_limit: "))
        }
    }

    @Test("an override names who and why, and what it lifted stands with the incident and in the audit log")
    func override() async throws {
        try await serving { server in
            #expect(try await server.post(body("17:00", "20:00")).status == 200)
            let bad = try await server.post(body("21:00", "22:00", #","override":{"by":""}"#))
            #expect(bad.wrongFields == ["override.by", "override.reason"])
            let answer = try await server.post(body("21:00", "22:00", #","override":{"by":"Ada","reason":"heat"}"#))
            #expect(answer.status == 200, "\(answer.text)")
            let id = try #require(answer.body["_id"]?.stringValue)
            let incident = try await server.get("/incident/\(id)").body
            #expect(incident["override"] == ["by": "Ada", "reason": "heat", "rules": ["day_limit"]])
            #expect(try await server.get("/audit").text.contains("day_limit lifted by Ada: heat"))
            let change = try await server.send(.PATCH, "/incident/\(id)", #"{"end_time":"08/27/2099 22:30"}"#)
            #expect(change.status == 409)
            let rules = change.body["error"]?["rules"]?.arrayValue ?? []
            #expect(rules.map { $0["rule"]?.stringValue } == ["outside_window", "day_limit", "binding"])
        }
    }

    @Test("a dry run tells what would be decided, and nothing is kept")
    func dryRun() async throws {
        try await serving { server in
            let path = "/incident?dry_run=true"
            let taken = try await server.send(.POST, path, body("17:00", "20:00"))
            #expect(taken.body["would_be_taken"] == true)
            #expect(taken.body["customers"] == 2)
            #expect(taken.body["channels"] == ["email": 2, "text": 2, "websocket": 2])
            #expect(try await server.get("/incident").body.arrayValue?.isEmpty == true)
            #expect(try await server.post(body("17:00", "20:00")).status == 200)
            let refused = try await server.send(.POST, path, body("20:00", "21:00"))
            #expect(refused.status == 200)
            #expect(refused.body["would_be_taken"] == false)
            #expect(refused.body["rules"]?.arrayValue?.first?["rule"] == "day_limit")
            #expect(try await server.get("/incident").body.arrayValue?.count == 1)
            #expect(try await server.send(.POST, "/incident?dry_run=yes", body("20:00", "21:00")).status == 400)
        }
    }

    @Test("what is used and left is told, and when there is room again")
    func use() async throws {
        try await serving { server in
            let use = try await server.get("/program/1/limits").body
            #expect(use["limits"]?.arrayValue?.first?["limit"] == "1 event a day")
            #expect(use["limits"]?.arrayValue?.first?["left"] == "1")
            #expect(use["rules"]?["binding"] == true)
            #expect(try await server.get("/program/2/limits").body["limits"] == [])
            #expect(try await server.get("/program/77/limits").status == 404)
        }
    }

    @Test("rules come back as they were imported, in every format", arguments: ["csv", "ndjson", "json"])
    func export(format: String) async throws {
        try await serving { server in
            let before = try await server.get("/program").text
            #expect(before.contains(#""window":{"holidays":true,"hours":"16:00..22:00"}"#))
            let file = try await server.get("/program?format=\(format)").text
            #expect(try await server.send(.PUT, "/program", file, type: "text/plain").status == 200)
            #expect(try await server.get("/program").text == before)
        }
    }

    private static let mistakes = [
        (#"{"windows": {}}"#, "limits.windows"), (#"{"window": {"hours": "16:00..16:00"}}"#, "limits.window.hours"),
        (#"{"length": {"least": "2h", "most": "1h"}}"#, "limits.length"),
        (#"{"counts": [{"per": "fortnight", "events": 1}]}"#, "limits.counts.0.per"),
        (#"{"counts": [{"per": "day"}]}"#, "limits.counts.0"), (#"{"gap": 7}"#, "limits.gap"),
        (#"{"window": {"season": "summer"}}"#, "limits.window.season"),
    ]

    @Test("what is wrong with rules is named by its place, and nothing is imported", arguments: mistakes)
    func mistake(rules: String, field: String) async throws {
        try await serving { server in
            let answer = try await server.send(.PUT, "/program", #"{"_id":1,"name":"a","limits":\#(rules)}"#)
            #expect(answer.status == 400)
            #expect(answer.wrongFields == [field])
        }
    }
}
