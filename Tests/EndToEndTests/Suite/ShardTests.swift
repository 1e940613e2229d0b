import Foundation
import TestSupport
import Testing

@Suite struct ShardTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        for (name, expected) in [("a", 21), ("b", 21), ("c", 20), ("d", 21)] {
            try scratch.write(
                Sample.scenario(name: name, expect: ["dispatches == \(expected)"]),
                to: "scenarios/\(name).yaml"
            )
        }
        try scratch.write("name: e", to: "scenarios/e.yaml")
    }

    @Test(arguments: [2, 3, 7])
    func `the shards of a suite together run what it has, and their merged reports are those of one run`(count: Int)
        async throws
    {
        let whole = try await Command.run("run", "--reports", "whole", in: scratch)
        var shards: [String] = []
        var listed: [String] = []
        for number in 1...count {
            let shard = ["run", "--shard", "\(number)/\(count)"]
            listed += try await Command(shard + ["--list"], in: scratch).outcome().output.split(separator: "\n").map(
                String.init
            )
            shards.append("shards/\(number)")
            let outcome = try await Command(shard + ["--quiet", "--reports", "shards/\(number)"], in: scratch).outcome()
            #expect([0, 1, 2].contains(outcome.status))
        }
        #expect(listed.sorted() == ["a", "b", "c", "d", "e"].map { "scenarios/\($0).yaml" })

        let merged = try await Command(
            ["report", "--merge"] + shards.reversed() + ["--reports", "merged"],
            in: scratch
        ).outcome()
        #expect(merged.status == whole.status)
        #expect(merged.output.contains("5 scenarios: 3 passed, 1 failed, 1 invalid"))
        for file in ["suite.json", "junit.xml", "a/summary.json", "c/summary.json"] {
            #expect(try timeless("merged/\(file)") == timeless("whole/\(file)"), "\(file)")
        }
        let record = try RecordContents(of: scratch.file("merged/c/record.sqlite"))
        #expect(record == (try RecordContents(of: scratch.file("whole/c/record.sqlite"))))
    }

    @Test func `earlier reports balance the shards`() async throws {
        // One long scenario of little size: by size it would not stand alone.
        var index =
            #"{"version": 1, "exit_status": 0, "statuses": [], "wall_microseconds": null, "shard": null, "scenarios": ["#
        index += ["a", "b", "c", "d", "e"].map { name in
            let duration = name == "d" ? 60_000_000 : 1_000_000
            return
                #"{"name": "\#(name)", "path": "scenarios/\#(name).yaml", "statuses": [], "wall_microseconds": \#(duration)}"#
        }.joined(separator: ",")
        try scratch.write(index + "]}", to: "earlier/suite.json")
        let arguments = ["run", "--list", "--durations", "earlier", "--shard"]
        #expect(try await Command(arguments + ["1/2"], in: scratch).outcome().output == "scenarios/d.yaml\n")
        #expect(try await Command(arguments + ["2/2"], in: scratch).outcome().output.split(separator: "\n").count == 4)
    }

    @Test(arguments: [
        (["run", "--shard", "3/2"], "a shard's number, counted from 1"), (["run", "--shard", "0/2"], "counted from 1"),
        (["run", "--durations", "scenarios"], "add --shard"),
        (["run", "--shard", "1/2", "--durations", "absent"], "absent: there is no such folder"),
        (["run", "--shard", "1/2", "--only-failed"], "--only-failed and --shard"),
        (["report", "--merge", "whole"], "say with --reports"),
        (["run", "--jobs", "0"], "--jobs must be from 1 to 1000"),
        (["run", "--live", "--target", "http://127.0.0.1:9", "--jobs", "2"], "one scenario at a time"),
    ])
    func `wrong usage is told before anything runs`(arguments: [String], told: String) async throws {
        let outcome = try await Command(arguments, in: scratch).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(told), "\(outcome.errors)")
        #expect(!scratch.exists("reports"))
    }

    @Test func `shards that do not fit are refused in words`() async throws {
        for number in [1, 2] {
            let arguments = ["run", "--quiet", "scenarios/a.yaml", "--reports", "\(number)", "--shard", "1/2"]
            #expect(try await Command(arguments, in: scratch).outcome().status == 0)
        }
        let outcome = try await Command.run("report", "--merge", "1", "2", "--reports", "merged", in: scratch)
        #expect(outcome.status == 64)
        #expect(outcome.errors == "griddrill: 1 and 2 are both shard 1/2: name each shard once\n")
        #expect(!scratch.exists("merged"))
    }

    /// But for what the wall's clock says, and the folder's name.
    private func timeless(_ file: String) throws -> String {
        try scratch.text(file)
            .replacing(/(time|timestamp)="[^"]*"/, with: "")
            .replacing(/"(wall_microseconds|wall_started_at)": [^\n]*/, with: "")
            .replacing(/(whole|merged)\//, with: "")
    }
}
