import Base
import DemandResponse
import DispatchStore
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct SuiteMergeTests {
    private let scratch: Scratch
    private let suite = ["scenarios/games.yaml", "scenarios/invalid.yaml", "scenarios/peak.yaml"]

    init() throws { scratch = try Scratch() }

    @Test func `the reports of a suite's shards, in any order, are those of the whole`() throws {
        try write("whole", scenarios: suite, shard: nil)
        try write("one", scenarios: [suite[2]], shard: (1, 2))
        try write("two", scenarios: [suite[0], suite[1]], shard: (2, 2))
        let merged = try merge("two", "one")
        #expect(merged.entries.map(\.path) == suite)
        #expect(merged.statuses == [.invalidScenario, .expectationFailed, .allHeld])
        for file in ["suite.json", "junit.xml", "peak/summary.json", "games/summary.json"] {
            let whole = try scratch.text("whole/\(file)")
            #expect(try scratch.text("merged/\(file)") == whole.replacing("whole/", with: "merged/"), "\(file)")
        }
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: scratch.file("merged/peak/record.sqlite")))
                == Data(contentsOf: URL(fileURLWithPath: scratch.file("one/peak/record.sqlite")))
        )
    }

    @Test func `a shard that is missing is named with what it would have told, and hides nothing`() throws {
        try write("one", scenarios: [suite[2]], shard: (1, 3))
        let merged = try merge("one")
        #expect(merged.status == .internalError)
        #expect(merged.runs.map(\.header.path) == [suite[2]])
        let messages = merged.entries.compactMap { if case .broken(let run) = $0 { run.message } else { nil } }
        #expect(messages == Array(repeating: "there is no report of it: shards 2/3, 3/3 are missing", count: 2))
    }

    @Test func `an empty shard is a part of the whole like any other`() throws {
        try write("one", scenarios: suite, shard: (1, 2))
        try write("two", scenarios: [], shard: (2, 2))
        #expect(try merge("one", "two").entries.map(\.path) == suite)
    }

    @Test func `a record that is cut, gone or another one counts as broken off, with its place`() throws {
        let plants: [(String, (String) throws -> Void)] = [
            ("one/peak/record.sqlite: there is no such file", { try FileManager.default.removeItem(atPath: $0) }),
            ("one/peak/record.sqlite: ", { #expect(truncate($0, 20_000) == 0) }),
            (
                "one/peak/record.sqlite: this file is not a SQLite database",
                { try Data("no".utf8).write(to: URL(fileURLWithPath: $0)) }
            ),
            (
                "one/peak/record.sqlite: is not the record that the suite.json of its shard tells of",
                { path in
                    var other = SampleRun()
                    other.path = suite[2]
                    other.sites = 12
                    try other.write(to: path).close()
                }
            ),
        ]
        for (told, plant) in plants {
            try write("one", scenarios: suite, shard: (1, 1))
            try plant(scratch.file("one/peak/record.sqlite"))
            let merged = try merge("one")
            guard case .broken(let run) = merged.entries[2] else {
                Issue.record("\(told): passed")
                continue
            }
            #expect(run.message.contains(told), "\(run.message)")
            #expect(run.status == .internalError)
            #expect(merged.runs.map(\.header.path) == [suite[0]])
        }
    }

    @Test func `what does not fit together is refused with the reason`() throws {
        try write("one", scenarios: [suite[2]], shard: (1, 2))
        try write("again", scenarios: [suite[2]], shard: (1, 2))
        try write("overlapping", scenarios: [suite[2], suite[0]], shard: (2, 2))
        try write("thirds", scenarios: [suite[0]], shard: (2, 3))
        try write("whole", scenarios: suite, shard: nil)
        try write("other", scenarios: ["scenarios/storm.yaml"], shard: (2, 2), of: suite + ["scenarios/storm.yaml"])
        for (folders, told) in [
            (["one", "again"], "are both shard 1/2"), (["one", "overlapping"], "peak was run in"),
            (["one", "thirds"], "is shard 2/3: all must be shards of one suite"),
            (["one", "whole"], "whole is a whole one"),
            (["one", "other"], "only one of them has scenarios/storm.yaml"),
            (["whole", "whole"], "a suite has each scenario once"),
            (["one", "absent"], "absent/suite.json: there is no such file"),
        ] {
            let error = #expect(throws: (any Error).self) { try merge(folders) }
            #expect(error.map { "\($0)".contains(told) } == true, "\(String(describing: error))")
        }
        #expect(!scratch.exists("merged"))
    }

    @Test func `a suite's index that is cut or of a newer version is refused with the cure`() throws {
        for (edit, told) in [
            ({ String($0.prefix($0.count / 2)) }, "is damaged or cut short; run its scenarios again"),
            (
                { $0.replacing("\"version\": 1", with: "\"version\": 99, \"scenario\": 0") },
                "was written by a newer GridDrill (version 99)"
            ),
            ({ $0.replacing("\"version\": 1", with: "\"version\": 0") }, "is damaged"), ({ _ in "" }, "is damaged"),
        ] as [((String) -> String, String)] {
            try write("one", scenarios: suite, shard: (1, 1))
            try scratch.write(edit(try scratch.text("one/suite.json")), to: "one/suite.json")
            let error = #expect(throws: SuiteIndexError.self) { try merge("one") }
            #expect(error?.description.contains("one/suite.json: \(told)") == true, "\(String(describing: error))")
        }
    }

    @Test func `merging into a shard's own folder keeps its records`() throws {
        try write("one", scenarios: [suite[2]], shard: (1, 2))
        try write("two", scenarios: [suite[0], suite[1]], shard: (2, 2))
        let merged = try SuiteMerge(folders: [scratch.file("one"), scratch.file("two")]).write(
            into: scratch.file("one")
        )
        #expect(merged.runs.count == 2)
        #expect(scratch.exists("one/peak/record.sqlite") && scratch.exists("one/games/record.sqlite"))
    }

    private func merge(_ folders: String...) throws -> SuiteSummary { try merge(folders) }

    private func merge(_ folders: [String]) throws -> SuiteSummary {
        try SuiteMerge(folders: folders.map { scratch.file($0) }).write(into: scratch.file("merged"))
    }

    /// The reports of some of the suite: `peak` passes, `games` fails, `invalid` is invalid.
    private func write(
        _ folder: String,
        scenarios: [String],
        shard: (number: Int, count: Int)?,
        of suite: [String]? = nil
    ) throws {
        let entries: [SuiteSummary.Entry] = try scenarios.map { path in
            if path.contains("invalid") {
                return .broken(BrokenRun(name: "invalid", path: path, message: "line 3", status: .invalidScenario))
            }
            var run = SampleRun()
            run.path = path
            if path.contains("games") {
                run.expectations = SampleRun.failing
                run.verdict = .failed
            }
            let own = scratch.file("\(folder)/\(RunHeader.folderName(ofScenarioAt: path))")
            try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
            let database = try run.write(to: own + "/record.sqlite")
            let files = try RunFiles(database)
            try database.close()
            return .run(try files.write(into: own))
        }
        let part = shard.map { SuiteShard(number: $0.number, count: $0.count, suite: suite ?? self.suite) }
        let summary = SuiteSummary(entries: entries, wallDuration: .milliseconds(840), shard: part)
        try SuiteFiles(summary).write(into: scratch.file(folder))
    }
}
