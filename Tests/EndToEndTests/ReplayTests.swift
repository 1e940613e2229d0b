import Base
import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct ReplayTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func makeRecord() async throws -> String {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        #expect(try await Command.run("run", "--quiet", "small.yaml", in: scratch).status == 0)
        return "reports/small/record.sqlite"
    }

    private func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: scratch.file("reports/small/record.sqlite"))
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func `a record of this build replays with 0, strictly, by decisions and run anew`() async throws {
        let record = try await makeRecord()
        for options in [[], ["--decisions"], ["--resimulate"]] {
            let outcome = try await Command(["replay", record] + options, in: scratch).outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("EQUAL"))
            #expect(outcome.errors.isEmpty)
        }
    }

    @Test func `a difference gives 3, and says in words and in JSON what it is`() async throws {
        let record = try await makeRecord()
        // As a record of the first format, which has no digests.
        try change(
            """
            PRAGMA user_version = 0;
            DELETE FROM journal_formats;
            UPDATE journal SET detail = NULL WHERE kind LIKE '%.recorded';
            UPDATE journal SET attempt = NULL WHERE kind IN ('emit.dispatch', 'emit.resync');
            UPDATE journal SET digest = NULL WHERE kind = 'emit.acknowledgement';
            UPDATE journal SET digest = 7 WHERE kind = 'dispatch.recorded' AND customer = 1;
            """
        )
        let outcome = try await Command.run("replay", record, "--json", "replay.json", in: scratch)
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("DIFFERS"))
        #expect(outcome.output.contains("has changed"))
        #expect(outcome.output.contains("customer 1"))
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("record.sqlite") })
        let json = Data(try scratch.text("replay.json").utf8)
        let document = try JSONSerialization.jsonObject(with: json) as? [String: Any]
        #expect(document?["equal"] as? Bool == false)
        #expect((document?["first"] as? [String: Any])?["customer"] as? Int == 1)
    }

    @Test func `a record that is damaged, cut or none gives 70 and a cure, never a verdict`() async throws {
        let record = try await makeRecord()
        let path = scratch.file(record)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try scratch.write(whole.prefix(whole.count / 2), to: "cut.sqlite")
        try change("UPDATE journal SET at = at + 1 WHERE sequence = 9")
        for (file, told) in [
            ("cut.sqlite", "damaged"), (record, "restore a copy"), ("small.yaml", "not a SQLite database"),
            ("nothing", "no such file"),
        ] {
            let outcome = try await Command.run("replay", file, in: scratch)
            #expect(outcome.status == 70)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(told), "\(outcome.errors)")
        }
    }
}
