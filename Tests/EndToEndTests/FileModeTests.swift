import Base
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// What is written holds customers' contacts and the hashes of tokens: it is for its owner alone, and goes where it was to go.
@Suite struct FileModeTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.file(name))
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file(name),
            withDestinationPath: scratch.file(target)
        )
    }

    private let scenario = """
        name: Small
        seed: 1
        starts: 2024-06-03T16:00:00-07:00
        lasts: 5m
        programs: [{id: 1, name: Peak Relief}]
        customers: [{id: 1, name: Site, program: 1, channels: [websocket]}]
        clients: [{of: all, acknowledges: {after: 50ms}}]
        expect: [acknowledged == 1]
        timeline: [{at: 1s, incident: {id: peak, program: 1, event_type: market_dispatch, start: 16:30, end: 17:00}}]
        """

    @Test func `database, log and backup are for their owner alone`() async throws {
        let wrapper = ["sh", "-c", "umask 022; exec \"$@\"", "sh"]
        let server = try await RunningServer(in: scratch, database: "d.sqlite", wrapper: wrapper)
        try await server.postIncident()
        for name in ["d.sqlite", "d.sqlite-wal", "d.sqlite-shm"] { #expect(try mode(name) == 0o600, "\(name)") }
        // A copy's first name may be taken by a link to something else.
        try scratch.write("precious", to: "target")
        try link("copy.sqlite.partial", to: "target")
        let made = try await Command.run(
            "backup",
            "--database",
            "d.sqlite",
            "copy.sqlite",
            in: scratch,
            wrapper: wrapper
        )
        #expect(made.status == 0, "\(made.errors)")
        #expect(try mode("copy.sqlite") == 0o600)
        #expect(try scratch.text("target") == "precious")
        #expect(try await server.stop().status == 0)
    }

    @Test func `a run's record replaces a link and leaves alone what it led to`() async throws {
        try scratch.write(scenario, to: "small.yaml")
        try scratch.write("precious", to: "target")
        try FileManager.default.createDirectory(
            atPath: scratch.file("reports/small"),
            withIntermediateDirectories: true
        )
        try link("reports/small/record.sqlite.partial", to: "target")
        let run = try await Command.run("run", "--reports", "reports", "small.yaml", in: scratch)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try scratch.text("target") == "precious")
        #expect(try mode("reports/small/record.sqlite") == 0o600)
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.file("reports/small/record.sqlite"))
        #expect(attributes[.type] as? FileAttributeType == .typeRegular)
    }

    @Test func `what was purged is nowhere in the database`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--allow-purge"])
        try await server.postIncident()
        let words = Array("Please have your full curtailment plan in effect".utf8)
        func isThere() throws -> Bool {
            try ["d.sqlite", "d.sqlite-wal"].contains { name in
                Array(try Data(contentsOf: URL(fileURLWithPath: scratch.file(name)))).firstRange(of: words) != nil
            }
        }
        #expect(try isThere())
        #expect(try await server.send(.DELETE, "/purge", [:]).status == 200)
        #expect(try !isThere())
        #expect(try await server.stop().status == 0)
    }

    @Test func `too few open files are told, with where to raise them`() async throws {
        let outcome = try await Command(
            ["serve", "--port", "0", "--database", "d.sqlite"],
            in: scratch,
            wrapper: ["sh", "-c", "ulimit -n 20; exec \"$@\"", "sh"]
        ).outcome()
        #expect(outcome.status == 70)
        #expect(outcome.errors.hasPrefix("griddrill: the system allows this process 20 open files, and it needs "))
        #expect(outcome.errors.contains("ulimit -n"))
        #expect(try scratch.contents().isEmpty)
    }
}
