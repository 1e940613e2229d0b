import Foundation
import GRDB
import TestSupport
import Testing

/// What keeps `serve` from starting: one message that names the place and the cure, and no file left changed.
@Suite struct ServeStartTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func expectRefusal(
        _ told: String,
        _ arguments: [String] = [],
        database: String = "d.sqlite",
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try scratch.contents()
        let command = ["serve", "--port", "0", "--database", database] + arguments
        let outcome = try await Command(command, in: scratch).outcome()
        #expect(outcome.status == 70, sourceLocation: location)
        #expect(outcome.errors == "griddrill: \(told)\n", sourceLocation: location)
        #expect(outcome.output == "", sourceLocation: location)
        #expect(try scratch.contents() == before, sourceLocation: location)
    }

    /// A database with the seed roster, of a server that was shut down in order.
    private func makeDatabase() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        #expect(try await server.stop().status == 0)
        #expect(try scratch.contents().keys.sorted() == ["d.sqlite"])
    }

    @Test func `a port that is taken changes no database`() async throws {
        let listener = try Listener()
        let told =
            "port \(listener.port) of 127.0.0.1 is taken by another process; choose another one with --port"
        try await expectRefusal(told, ["--port", "\(listener.port)"])
        try await makeDatabase()
        try scratch.write("programs: [{id: 9, name: Nine}]\ncustomers: []\n", to: "roster.yaml")
        try await expectRefusal(told, ["--port", "\(listener.port)", "--roster", "roster.yaml"])
    }

    @Test func `an address that is not this machine's`() async throws {
        try await expectRefusal(
            "192.0.2.1 is not an address of this machine; choose another one with --host",
            ["--host", "192.0.2.1", "--insecure"]
        )
        try await expectRefusal(
            "no.such.host.invalid is not an address of this machine; choose another one with --host",
            ["--host", "no.such.host.invalid", "--insecure"]
        )
    }

    @Test func `a file that is no database`() async throws {
        try scratch.write(String(repeating: "name: Evening peak\n", count: 200), to: "d.sqlite")
        try await expectRefusal("d.sqlite: this file is not a SQLite database; name another file")
        try scratch.write("short", to: "d.sqlite")
        try await expectRefusal("d.sqlite: this file is not a SQLite database; name another file")
    }

    @Test func `a folder, and a folder that is not there`() async throws {
        try FileManager.default.createDirectory(atPath: scratch.file("folder"), withIntermediateDirectories: true)
        try await expectRefusal("folder: this is a folder, not a database", database: "folder")
        try await expectRefusal(
            "absent/d.sqlite: cannot be opened for writing; check that its folder exists and is writable",
            database: "absent/d.sqlite"
        )
    }

    @Test(arguments: ["file:d.sqlite", ":memory:", "d.sqlite?mode=memory"])
    func `a name that SQLite reads as something else is that of a file`(name: String) async throws {
        let server = try await RunningServer(in: scratch, database: name)
        try await eventually("its roster is kept") { try await server.get("/customer/1").status == 200 }
        try await expectRefusal("./\(name): another process is using this database", database: "./\(name)")
        #expect(try await server.stop().status == 0)
        #expect(try scratch.contents().keys.sorted() == [name])
    }

    @Test func `a name whose server runs on, though its file is gone`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        try await server.postIncident()
        for name in try scratch.contents().keys where name.hasPrefix("d.sqlite") {
            try FileManager.default.removeItem(atPath: scratch.file(name))
        }
        #expect(try await server.get("/ready").status == 503)
        #expect(try await server.tryIncident().status == 503)
        let told =
            "d.sqlite: a server that still runs serves a database of this name, whose file was deleted or replaced; stop it first"
        try await expectRefusal(told)
        _ = try await server.stop()
        try await makeDatabase()
    }

    @Test func `a folder that nobody may write`() async throws {
        try await expectRefusal(
            "/proc/d.sqlite: cannot be opened for writing; check that its folder exists and is writable",
            database: "/proc/d.sqlite"
        )
    }

    @Test func `another program's database`() async throws {
        let queue = try DatabaseQueue(path: scratch.file("d.sqlite"))
        try await queue.write { try $0.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
        try queue.close()
        try await expectRefusal("d.sqlite: this database is another program's; name another file")
    }

    @Test func `a newer version's database`() async throws {
        try await makeDatabase()
        let queue = try DatabaseQueue(path: scratch.file("d.sqlite"))
        try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
        try queue.close()
        try await expectRefusal(
            "d.sqlite: this database was written by a newer GridDrill; use that version or a newer one"
        )
    }

    @Test func `a damaged database`() async throws {
        try await makeDatabase()
        var data = try Data(contentsOf: URL(fileURLWithPath: scratch.file("d.sqlite")))
        data.replaceSubrange(data.count / 4..<data.count, with: Data(repeating: 0xA5, count: data.count * 3 / 4))
        try scratch.write(data, to: "d.sqlite")
        try await expectRefusal(
            "d.sqlite: the database is damaged (database disk image is malformed); restore a copy"
        )
        try scratch.write(data.prefix(data.count / 2 + 1_000), to: "d.sqlite")
        try await expectRefusal(
            "d.sqlite: the database is damaged (database disk image is malformed); restore a copy"
        )
    }

    @Test func `a database that another server uses`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let outcome = try await Command.run("serve", "--port", "0", "--database", "d.sqlite", in: scratch)
        #expect(outcome.status == 70)
        #expect(outcome.errors == "griddrill: d.sqlite: another process is using this database\n")
        #expect(try await server.get("/customer/1").status == 200)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a roster with a thousand mistakes shows them all`() async throws {
        let customers = (1...1_000).map { "  - {id: \($0), name: Site, program: 7, channels: [websocket]}\n" }
        try scratch.write("programs: [{id: 1, name: One}]\ncustomers:\n" + customers.joined(), to: "roster.yaml")
        let arguments = ["serve", "--port", "0", "--database", "d.sqlite", "--roster", "roster.yaml"]
        let outcome = try await Command(arguments, in: scratch).outcome()
        #expect(outcome.status == 2)
        #expect(outcome.errorLines.count { $0.hasPrefix("roster.yaml:") && $0.contains(": error: ") } == 1_000)
        #expect(outcome.errors.hasSuffix("\n"))
        #expect(try scratch.contents().keys.sorted() == ["roster.yaml"])
    }

    @Test func `a roster that is not there`() async throws {
        let outcome = try await Command.run("serve", "--port", "0", "--roster", "absent.yaml", in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.errors == "absent.yaml:1:1: error: there is no such file\n")
        #expect(try scratch.contents().isEmpty)
    }

    @Test func `an empty file becomes a database, and one that a crash left with its log is taken up`() async throws {
        try scratch.write("", to: "d.sqlite")
        let first = try await RunningServer(in: scratch, database: "d.sqlite")
        let incident = try await first.postIncident()
        #expect(try await first.kill().status == 137)
        #expect(scratch.exists("d.sqlite-wal"))

        let second = try await RunningServer(in: scratch, database: "d.sqlite")
        #expect(try await second.get("/incident/\(incident)").status == 200)
        #expect(try await second.stop().status == 0)
        #expect(try scratch.contents().keys.sorted() == ["d.sqlite"])
    }
}
