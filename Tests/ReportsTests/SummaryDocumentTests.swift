import DispatchStore
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct SummaryDocumentTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func theKeysOfVersionOneAreThere() throws {
        let summary = try object(SummaryDocument(SampleRun().summary(in: scratch)).text)
        #expect(
            summary.keys.sorted() == [
                "channels", "checks", "combination", "decisions", "description", "dispatch_lag", "ends_at",
                "exit_status",
                "expectations",
                "griddrill_version", "incidents", "name", "overall", "programs", "proves", "record_path", "refused",
                "repeat_command", "scenario_path", "scenario_sha256", "seed", "simulated_microseconds", "speed",
                "starts_at",
                "statuses", "tags", "verdict", "version", "wall_microseconds", "wall_started_at", "world",
            ]
        )
        #expect(summary["version"] as? Int == 1)
        #expect(summary["seed"] as? Int == 7)
        #expect(summary["starts_at"] as? String == "2019-08-28T03:30:00Z")
        #expect(summary["simulated_microseconds"] as? Int == 7_200_000_000)
        #expect(summary["verdict"] as? String == "passed")
    }

    @Test func groupsAreThereWhereTheRosterHasThem() throws {
        var run = SampleRun()
        run.groups = ["north", "south"]
        let text = try SummaryDocument(run.summary(in: scratch)).text
        let groups = try #require(try object(text)["groups"] as? [[String: Any]])
        #expect(groups.map { $0["name"] as? String } == ["north", "south"])
        let counts = groups.map { ($0["counts"] as? [String: Any])?["dispatches"] as? Int }
        #expect(counts == [60, 61], "the first site has two records")
        #expect(try SchemaValidator.validate([text], schema: DocumentSchema.summary.text) == [[]])
    }

    @Test func aStatisticWithoutAValueIsNullAndSaysWhy() throws {
        let summary = try object(SummaryDocument(SampleRun().summary(in: scratch)).text)
        let overall = try #require(summary["overall"] as? [String: Any])
        let latencies = try #require(overall["latencies"] as? [String: [String: Any]])
        let answers = try #require(latencies["acknowledgement_latency"])
        #expect(answers["count"] as? Int == 121)
        #expect(answers["never"] as? Int == 4)
        #expect(answers["p50_microseconds"] as? Int == 61_000_000)
        #expect(answers["p99_microseconds"] is NSNull)
        #expect(answers["p99_9_microseconds"] is NSNull)
        let reasons = try #require(answers["without_value"] as? [String: String])
        #expect(reasons["p99_microseconds"] == "falls among those that never happened")
        #expect(reasons["p99_9_microseconds"] == "withheld: needs at least 1000 samples")
        #expect(reasons["p50_microseconds"] == nil)
    }

    @Test func `a fast live run's says which latency is in which time, and what was not played`() throws {
        let summary = try object(SummaryDocument(SampleRun.violated.summary(in: scratch)).text)
        let clocks = try #require(summary["latency_clocks"] as? [String: Any])
        #expect(clocks["speed"] as? Int == 60)
        #expect(
            clocks["wall"] as? [String] == [
                "delivery_latency{channel:websocket}", "confirmation_latency", "dispatch_lag",
            ]
        )
        #expect((clocks["grid"] as? [String])?.contains("delivery_latency{channel:email}") == true)
        #expect((clocks["grid"] as? [String])?.last == "acknowledgement_latency")
        #expect(summary["unplayed"] as? [String] == ["link"])
        let overall = try #require(summary["overall"] as? [String: Any])
        let latencies = try #require(overall["latencies"] as? [String: [String: Any]])
        #expect(latencies["confirmation_latency"]?["p50_microseconds"] as? Int == 1_333)
    }

    @Test func allStatusesAreNamed() throws {
        var run = SampleRun()
        run.expectations = SampleRun.failing
        run.checks = SampleRun.broken
        run.verdict = .violated
        let text = try SummaryDocument(run.summary(in: scratch, decisions: SampleRun.deciding(1))).text
        let summary = try object(text)
        let statuses = try #require(summary["statuses"] as? [[String: Any]])
        #expect(summary["exit_status"] as? Int == 4)
        #expect(statuses.compactMap { $0["code"] as? Int } == [4, 3, 1])
        let expectations = try #require(summary["expectations"] as? [[String: Any]])
        #expect(expectations.compactMap { $0["held"] as? Bool } == [true, false, false])
        #expect(expectations[0]["explanation"] is NSNull)
        let checks = try #require(summary["checks"] as? [[String: Any]])
        #expect(checks[1]["violation_count"] as? Int == 12)
    }

    @Test func equalRecordsMakeEqualDocuments() throws {
        let texts = try (0..<2).map { _ in try SummaryDocument(SampleRun().summary(in: scratch)).text }
        #expect(texts[0] == texts[1])
        #expect(texts[0].hasSuffix("}\n"))
    }

    @Test func aRunBrokenOffHasNoVerdict() throws {
        var run = SampleRun()
        run.verdict = nil
        run.wall = nil
        let summary = try object(SummaryDocument(run.summary(in: scratch)).text)
        #expect(summary["verdict"] is NSNull)
        #expect(summary["wall_microseconds"] is NSNull)
        #expect(summary["exit_status"] as? Int == 70)
    }

    @Test func theSuitesDocumentNamesWhatWentWrongWhere() throws {
        let broken = BrokenRun(name: "storm", path: "storm.yaml", message: "line 3", status: .invalidScenario)
        let suite = SuiteSummary(entries: [.run(try SampleRun().summary(in: scratch)), .broken(broken)])
        let document = try object(SuiteDocument(suite).text)
        #expect(document["exit_status"] as? Int == 2)
        let scenarios = try #require(document["scenarios"] as? [[String: Any]])
        #expect(scenarios.compactMap { $0["exit_status"] as? Int } == [0, 2])
        #expect(scenarios[1]["message"] as? String == "line 3")
        #expect(scenarios[1]["record_path"] is NSNull)
    }
}
