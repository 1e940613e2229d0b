import Foundation
import TestSupport
import Testing

/// Live runs whose server is killed, stopped and paused: a process of its own, over real sockets.
@Suite(.serialized) struct LiveRestartTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private var record: String { scratch.file("reports/scenario/record.sqlite") }
    private var partial: String { record + ".partial" }

    private func start(_ scenario: String, _ options: String...) throws -> Command {
        let path = try scratch.write(scenario, to: "scenario.yaml")
        return try Command(["run", path, "--live", "--until-quiet", "--quiet"] + options, in: scratch)
    }

    /// All faults wait for what happens, however slow the machine is.
    @Test func `a server that is killed, stopped and paused loses nothing`() async throws {
        let run = try start(
            """
            name: Restarted
            seed: 5
            starts: 2024-06-03T16:00:00-07:00
            lasts: 6h
            programs: [{id: 1, name: Cool Mornings}, {id: 2, name: Cool Evenings}]
            customers:
              - {ids: 41..45, name: "Plant {id}", program: 2, channels: [websocket]}
              - {ids: 1..40, name: "Site {id}", program: 1, email: "site{id}@sites.example", channels: [websocket, email]}
            clients:
              - {of: all, connects: {at: 0s, spread: 20s}, acknowledges: {after: "uniform(20s, 3m)"}}
            carriers: {email: {delay: "uniform(1s, 60s)"}}
            timeline:
              - {at: 16:01, incident: {id: peak, program: 1, event_type: market_dispatch, start: "21:20", end: "21:50"}}
              - {at: 16:01:10, incident: {id: ramp, program: 1, event_type: market_dispatch, start: "21:20", end: "21:50"}}
              - {at: 16:06, incident: {id: third, program: 2, event_type: market_dispatch, start: "21:20", end: "21:50"}}
              - {at: 16:08, incident: {id: fourth, program: 2, event_type: market_dispatch, start: "21:20", end: "21:50"}}
            faults:
              - {id: early, on: {committed: peak}, restart: {how: kill, down: 40s}}
              - {id: midway, on: {acknowledged: peak, nth: 10}, restart: {how: kill, down: 10s}}
              - {id: orderly, on: {committed: third}, restart: {how: term, down: 10s}}
              - {id: frozen, on: {committed: fourth}, after: 1s, restart: {how: pause, down: 30s}}
            expect:
              - dispatches == 170
              - delivered{channel:websocket} == 100%
              - acknowledged{incident:peak} == 40
              - acknowledged{incident:ramp} == 40
              - acknowledged{program:2} == 10
              - late == 0
              - refused <= 2        # an answer may be lost: the script asks again under the same key
              - dispatch_lag.max >= 400ms      # on the wall: the second incident is asked for while there is no server
            """,
            "--speed",
            "60"
        )
        let outcome = try await run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        let lives = try RecordRows.read(["SELECT count(*) FROM journal WHERE kind = 'started'"], from: record)
        #expect(lives == ["4"])
        #expect(!FileManager.default.fileExists(atPath: partial))
    }

    /// The server ends in order and comes back while nothing is under way; the second incident is asked for while it is away.
    private static let interrupted = """
        name: Interrupted
        seed: 8
        starts: 2024-06-03T16:00:00-07:00
        lasts: 6h
        programs: [{id: 1, name: Cool Mornings}, {id: 2, name: Cool Evenings}]
        customers:
          - {ids: 1..60, name: "Site {id}", program: 1, email: "site{id}@sites.example", channels: [email, websocket]}
          - {ids: 61..90, name: "Plant {id}", program: 2, phone: "+16175550101", channels: [websocket, text]}
        clients:
          - {of: all, connects: {at: 0s, spread: 10s}}
          - {of: all, acknowledges: {after: "uniform(1s, 20s)", share: 90%, declines: 10%, by: "{name} operator"}}
        carriers: {email: {delay: 2s, fails: {share: 10%, kind: permanent}}, text: {delay: 1s}}
        timeline:
          - {at: 30s, incident: {id: morning, program: 1, event_type: emergency, start: 4h, end: 5h}}
          - {at: 245s, incident: {id: evening, program: 2, event_type: market_dispatch, start: 4h, end: 5h}}
          - {at: 6m, modify: {incident: morning, end: 6h}}
          - {at: 6m, cancel: {incident: evening}}
        faults: [{at: 4m, restart: {how: term, down: 20s}}]
        expect: [dispatches == 180]
        """

    @Test func `decisions around a restart in order are those of virtual time`() async throws {
        let path = try scratch.write(Self.interrupted, to: "scenario.yaml")
        let virtual = try await Command.run("run", path, "--quiet", "--reports", "virtual", in: scratch)
        #expect(virtual.status == 0, "\(virtual.errors)\(virtual.output)")
        let live = try await start(Self.interrupted, "--speed", "60").outcome()
        #expect(live.status == 0, "\(live.errors)\(live.output)")
        let expected = try Decisions.read(scratch.file("virtual/scenario/record.sqlite"))
        let decided = try Decisions.read(record)
        let difference = zip(expected, decided).first { $0 != $1 }
        #expect(difference?.0 == difference?.1)
        #expect(expected.count == decided.count && expected.count > 180)
    }

    private static func killed(_ restart: String) -> String {
        Sample.scenario(lasts: "10h").replacing("expect:", with: "faults: [\(restart)]\nexpect:")
    }

    /// The child of a run that has the record: the server that serves now. (To look into the record would disturb it.)
    private func server(of run: Command) async throws -> Int32 {
        var server: Int32?
        try await eventually("the run has a server") {
            let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n")
            let holders = locks.filter { $0.contains("FLOCK") }.compactMap {
                $0.split(separator: " ").dropFirst(4).first
            }
            server = try children(of: run.process.processIdentifier).map(\.number).first { child in
                holders.contains { Int32($0) == child }
            }
            return server != nil
        }
        return try #require(server)
    }

    /// `stat` of proc(5): the state, and whose child it is, after the name in parentheses.
    private func children(of parent: Int32) throws -> [(number: Int32, state: String)] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
            guard let number = Int32(name), let (state, itsParent) = process(number), itsParent == parent else {
                return nil
            }
            return (number, state)
        }
    }

    private func process(_ number: Int32) -> (state: String, parent: Int32)? {
        guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
            let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 1,
            let parent = Int32(fields[1])
        else { return nil }
        return (String(fields[0]), parent)
    }

    @Test func `a server that does not come back breaks the run off with 70, and its last words are told`() async throws
    {
        let run = try start(Self.killed("{at: 16:02, restart: {how: kill, down: 1m}}"), "--speed", "60")
        _ = try await server(of: run)
        // As soon as the server is dead, its database is somebody else's.
        let file = open(partial, O_RDWR | O_CLOEXEC)
        defer { close(file) }
        try await eventually("the server is killed") { flock(file, LOCK_EX | LOCK_NB) == 0 }
        let outcome = try await run.outcome()
        #expect(outcome.status == 70)
        #expect(outcome.errors.contains("ended by itself, with status 70; it last said:"), "\(outcome.errors)")
        #expect(outcome.errors.contains("another process is using this database"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: record))
    }

    @Test(arguments: [false, true])
    func `the server goes with its run, even with one that is killed, and even if it is paused`(
        _ isPaused: Bool
    ) async throws {
        let fault =
            isPaused ? "{at: 16:01, restart: {how: pause, down: 5h}}" : "{at: 16:04, restart: {how: kill, down: 1s}}"
        let run = try start(Self.killed(fault), "--speed", isPaused ? "60" : "1")
        let server = try await server(of: run)
        if isPaused { try await eventually("the server is stopped") { process(server)?.state == "T" } }
        run.signal(SIGKILL)
        #expect(try await run.outcome().status == 137)
        // One that has ended and that nobody has waited for yet is gone as well.
        try await eventually("the server is gone") { process(server).map { $0.state == "Z" } ?? true }
    }
}
