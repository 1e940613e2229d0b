import DemandResponse
import DispatchStore
import Foundation
import Scenarios
import Simulation
import TestSupport
import Testing

@Suite("A live run whose server process does not do its part") struct ServerProcessTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let scenario = """
        name: Struck
        seed: 1
        starts: 2024-06-03T16:00:00-07:00
        lasts: 5m
        programs: [{id: 1, name: Cool Mornings}]
        customers: [{ids: 1..3, name: "Site {id}", program: 1, channels: [websocket]}]
        clients: [{of: all, acknowledges: {after: 10s}}]
        timeline:
          - {at: 16:01, incident: {id: peak, program: 1, event_type: market_dispatch, start: "16:20", end: "16:25"}}
        faults: [{at: 16:02, restart: {how: kill, down: 8s}}]
        expect: [dispatches == 3]
        """

    /// What the run is broken off with, when a shell's script stands in for the server.
    /// - Parameter seconds: how long the process may take.
    private func failure(_ script: String, within seconds: Int = 20) async throws -> String {
        let path = try scratch.write("#!/bin/sh\necho $$ > '\(scratch.file("pid"))'\n\(script)\n", to: "server")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return try await failure(of: path, within: seconds)
    }

    private func failure(of executable: String, within seconds: Int = 20) async throws -> String {
        var options = RunOptions(world: .live, reports: scratch.path, version: "test")
        options.server = ServerProcess(executable: executable, patience: .seconds(seconds))
        let runner = Runner(try Scenario(text: Self.scenario), options: options)
        let error = await #expect(throws: RunError.self) { try await runner.run { _ in } }
        #expect(!scratch.exists("scenario/record.sqlite"))
        return error?.description ?? ""
    }

    /// A zombie counts as one: it is to be waited for as well.
    private func processIsLeft() throws -> Bool {
        let number = try scratch.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)
        return FileManager.default.fileExists(atPath: "/proc/\(number)")
    }

    @Test func `it is broken off with what the process last said, when that ends by itself`() async throws {
        let told = try await failure("echo 'the disk is gone' >&2\nexit 3")
        #expect(told.contains("ended by itself, with status 3; it last said:\nthe disk is gone"), "\(told)")
    }

    @Test func `it is broken off, and the process ended, when that does not start within its bound`() async throws {
        let told = try await failure("echo 'waiting for the moon' >&2\nexec sleep 600", within: 2)
        #expect(told.contains("did not start within 2 s; it last said:\nwaiting for the moon"), "\(told)")
        #expect(try !processIsLeft())
    }

    @Test func `it is broken off when the process starts and does not serve within its bound`() async throws {
        let told = try await failure(#"echo '{"hello":{"version":1}}'"# + "\nexec sleep 600", within: 5)
        #expect(told.contains("did not serve within 5 s; it said nothing"), "\(told)")
        #expect(try !processIsLeft())
    }

    @Test func `it is broken off when the process says what no server says`() async throws {
        let told = try await failure("echo 'Welcome!'\nexec sleep 600")
        #expect(told.contains("wrote what no server says to a run: Welcome!"), "\(told)")
        #expect(try !processIsLeft())
    }

    @Test func `it is broken off when a line of the process does not end`() async throws {
        let told = try await failure("head -c 3000000 /dev/zero | tr '\\0' 'x'\nexec sleep 600")
        #expect(told.contains("wrote what no server says to a run: xxx"), "\(told)")
        #expect(told.utf8.count < 1_000)
    }

    @Test func `it is broken off when the process is of another build`() async throws {
        let told = try await failure(#"echo '{"hello":{"version":2}}'"# + "\nexec sleep 600")
        #expect(told.contains("is of another build: it speaks version 2, not 1"), "\(told)")
    }

    @Test func `of what the process said, the end is told`() async throws {
        let told = try await failure("seq 1 100000 >&2\nexit 1")
        #expect(told.hasSuffix("\n99999\n100000"), "\(told.suffix(100))")
        #expect(told.utf8.count < 5_000)
    }

    @Test func `it does not begin when there is no such command`() async throws {
        let path = scratch.file("nothing")
        let told = try await failure(of: path)
        #expect(told.hasPrefix("the server's process, \(path), cannot be started: "), "\(told)")
    }

    @Test func `with rules that the process would not have it does not begin`() async throws {
        let options = RunOptions(world: .live, reports: scratch.path, version: "test")
        let runner = Runner(try Scenario(text: Self.scenario), options: options) { Dispatcher(restoring: $0) }
        let error = await #expect(throws: RunError.self) { try await runner.run { _ in } }
        #expect(error?.description.contains("only the rules of this build") == true)
    }
}
