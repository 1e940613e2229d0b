import Base
import NIOHTTP1
import TestSupport
import Testing

/// What an import replaced, had back by the command while no server runs.
@Suite struct RosterRestoreTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `everybody is back after an import of nobody, the journal replays, and twice undoes it`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        #expect(try await server.send(.PUT, "/customer?allow_empty=true", []).status == 200)

        let busy = try await Command.run("roster", "restore", "--database", "d.sqlite", in: scratch)
        #expect(busy.status == 70 && busy.errors.contains("POST /roster/ID/restore"), "\(busy.errors)")
        let listed = try await Command.run("roster", "list", "--database", "d.sqlite", in: scratch)
        #expect(listed.status == 0 && listed.output.contains("the present one"), "\(listed)")
        #expect(try await server.stop().status == 0)

        let restored = try await Command.run("roster", "restore", "--database", "d.sqlite", in: scratch)
        #expect(restored.status == 0 && restored.output.hasSuffix(": 5 programs, 8 customers\n"), "\(restored)")
        let again = try await RunningServer(in: scratch, database: "d.sqlite")
        #expect(try await again.get("/customer").body.arrayValue?.count == 8)
        #expect(try await again.stop().status == 0)
        let replay = try await Command.run("replay", "--quiet", "d.sqlite", in: scratch)
        #expect(replay.status == 0, "\(replay)")
        #expect(
            try await Command.run("roster", "restore", "--database", "d.sqlite", in: scratch).output.contains(
                "0 customers"
            )
        )
    }

    @Test func `a path that is mistyped makes no database`() async throws {
        for arguments in [["roster", "list"], ["roster", "restore"], ["roster", "restore", "7"]] {
            let outcome = try await Command(arguments + ["--database", "no.sqlite"], in: scratch).outcome()
            #expect(outcome.status == 70 && outcome.errors.contains("there is no such file"))
        }
        #expect(try scratch.contents().isEmpty)
    }
}
