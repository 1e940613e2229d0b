import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct ReportTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ names: String...) async throws {
        for name in names { try scratch.write(Sample.scenario(name: name), to: "scenarios/\(name).yaml") }
        #expect(try await Command.run("run", "--quiet", in: scratch).status == 0)
    }

    @Test func `reports made from records alone equal those of the run`() async throws {
        try await run("first", "second")
        let reports = ["first/report.html", "first/summary.json", "second/report.html", "second/summary.json"]
        let before = try reports.map { try scratch.text("reports/\($0)") }
        for report in reports { try FileManager.default.removeItem(atPath: scratch.file("reports/\(report)")) }
        let outcome = try await Command.run("report", "reports", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("2 scenarios: 2 passed"))
        #expect(try reports.map { try scratch.text("reports/\($0)") } == before)
        #expect(try scratch.text("reports/index.html").contains(#"href="second/report.html""#))
    }

    @Test func `several records make a suite where --reports says, and only there`() async throws {
        try await run("first", "second")
        let (first, second) = ("reports/first", "reports/second/record.sqlite")
        let unsaid = try await Command.run("report", first, second, in: scratch)
        #expect(unsaid.status == 64)
        #expect(unsaid.errors.contains("--reports"))
        let outcome = try await Command.run("report", "--quiet", first, second, "--reports", "all", in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output == "")
        for file in ["junit.xml", "suite.json", "summary.md", "index.html", "first/report.html", "second/summary.json"]
        {
            #expect(scratch.exists("all/\(file)"), "\(file)")
        }
    }

    @Test func `the status is the run's own`() async throws {
        try scratch.write(Sample.scenario(expect: ["acknowledged == 20"]), to: "small.yaml")
        _ = try await Command.run("run", "--quiet", "small.yaml", in: scratch)
        let outcome = try await Command.run("report", "reports/small", in: scratch)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("✗ acknowledged == 20"))
        #expect(!scratch.exists("reports/small/index.html"))
    }

    @Test func `with --github what fell short is annotated at its line, and so is a mistake`() async throws {
        try scratch.write(Sample.scenario(expect: ["acknowledged == 20"]), to: "a.yaml")
        try scratch.write("nonsense: 1\n", to: "b.yaml")
        let outcome = try await Command.run("run", "--quiet", "--github", "a.yaml", "b.yaml", in: scratch)
        let commands = outcome.output.split(separator: "\n")
        #expect(commands.first?.hasPrefix("::error file=a.yaml,line=15,title=") == true)
        #expect(commands.dropFirst().first?.hasPrefix("::error file=b.yaml,line=1,col=1,title=") == true)
    }

    @Test func `what is no record, or a damaged one, is told with its place and reported by nobody`() async throws {
        try await run("first")
        let record = try Data(contentsOf: URL(fileURLWithPath: scratch.file("reports/first/record.sqlite")))
        try scratch.write(record.prefix(record.count / 2), to: "cut/record.sqlite")
        try scratch.write("no database at all, but long enough to be taken for one", to: "text/record.sqlite")
        for (path, status) in [("cut", 70), ("text", 70), ("nowhere", 5), ("scenarios", 5)] {
            let outcome = try await Command.run("report", path, in: scratch)
            #expect(outcome.status == Int32(status), "\(path)")
            #expect(outcome.errors.contains(path), "\(outcome.errors)")
            #expect(!scratch.exists("\(path)/report.html"))
        }
    }

    @Test(arguments: [
        // As a fault of the disk leaves it, in the journal and in what came of it; and without the record's own digest, as older
        // versions wrote records.
        ("UPDATE journal SET at = at + 1 WHERE sequence = 9", "the journal"),
        ("UPDATE dispatches SET acknowledged_at = acknowledged_at + 1 WHERE customer = 3", "its digest"),
        ("UPDATE expectations SET held = 1 - held", "its digest"),
        ("PRAGMA user_version = 0; UPDATE journal SET at = at + 1 WHERE sequence = 9", "the journal"),
    ])
    func `a record that is not what its run wrote gives 70 and a cure, never a verdict`(
        _ sql: String,
        _ told: String
    ) async throws {
        try await run("first")
        try FileManager.default.copyItem(atPath: scratch.file("reports"), toPath: scratch.file("kept"))
        let queue = try DatabaseQueue(path: scratch.file("reports/first/record.sqlite"))
        try await queue.write { try $0.execute(sql: sql) }
        try queue.close()
        for command in [
            ["report", "reports"], ["report", "--merge", "reports", "--reports", "all"],
            ["compare", "kept", "reports"], ["replay", "reports/first/record.sqlite"],
            ["record", "day.yaml", "--from", "reports/first/record.sqlite"],
        ] {
            let outcome = try await Command(command, in: scratch).outcome()
            let said = outcome.output + outcome.errors
            #expect(outcome.status == 70, "\(command): \(said)")
            #expect(said.contains("reports/first/record.sqlite: the record is damaged"), "\(command): \(said)")
            #expect(said.contains(told) && said.contains("restore a copy"), "\(command): \(said)")
            #expect(!said.contains("PASSED"), "\(command): \(said)")
        }
    }

    @Test func `a backup of a record is as good as the record`() async throws {
        try await run("first")
        let record = "reports/first/record.sqlite"
        #expect(try await Command.run("backup", "--database", record, "copy.sqlite", in: scratch).status == 0)
        let outcome = try await Command.run("compare", record, "copy.sqlite", in: scratch)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func `the schemas of the documents are printed`() async throws {
        for name in ["summary", "suite"] {
            let outcome = try await Command.run("schema", name, in: scratch)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("\"title\": \"\(name).json of GridDrill\""))
        }
    }
}
