internal import Base
internal import AsyncHTTPClient
internal import DispatchStore
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Simulation
internal import TestSupport

/// Clients that come, drop out and acknowledge, incident after incident, at a server that is killed again and again and begins anew
/// on the same database. In the end what the clients saw joins what the server wrote, and the invariants are checked on it all.
struct Soak {
    let command: Command
    let scratch: Scratch
    let seconds: Int
    let kills: Int
    let clients: Int
    let seed: UInt64

    private static let incidentInterval = Duration.seconds(5)
    /// How long incidents last; a minute later they leave the server's memory.
    private static let incidentSeconds = 60.0
    private static let sampleInterval = Duration.milliseconds(500)
    /// What loopback and a busy machine may take to bring a message to a client.
    private static let transit = Span.seconds(10)

    /// One process of the server, from its start to its end.
    private struct Life {
        var counts = SoakFleet.Counts()
        var seconds = 0.0
        var bytes: [Int] = []
    }

    func measure() async throws -> [Table] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let http = HTTPClient(eventLoopGroupProvider: .shared(group))
        let fleet = SoakFleet(clients, seed: seed, eventLoop: group.next())
        let path = scratch.file("soak.sqlite")
        var lives: [Life] = []
        var server = try serve(path)
        try await fleet.start(port: server.port)
        let load = Task { await keepOpening(fleet, http) }
        var generator = RandomStream(state: seed)
        for number in 0...kills {
            // Not at the same moment of every life: from half to one and a half of an equal share.
            let share = Double(seconds) / Double(kills + 1)
            lives.append(try await live(server, for: share * (0.5 + Double(generator.below(1_000)) / 1_000), fleet))
            guard number < kills else { break }
            try await fleet.serve(at: nil)
            server.end()
            server = try serve(path)
            try await fleet.serve(at: server.port)
        }
        load.cancel()
        await load.value
        try await settle(fleet)
        let observations = try await fleet.end()
        server.end()
        try await http.shutdown()
        try await group.shutdownGracefully()
        return [table(of: lives), try table(of: check(path, observations))]
    }

    /// One incident after the other. One that a crash left without an answer is asked for again, with its key.
    private func keepOpening(_ fleet: SoakFleet, _ http: HTTPClient) async {
        var number = 1
        while !Task.isCancelled {
            do {
                if let port = try await fleet.look().port {
                    try await Desk(http: http, port: port).openIncident(
                        key: "incident \(number) of \(seed)",
                        startingIn: 1,
                        lasting: Self.incidentSeconds
                    )
                    number += 1
                }
                try await Task.sleep(for: Self.incidentInterval)
            } catch {
                try? await Task.sleep(for: Self.sampleInterval)
            }
        }
    }

    private func serve(_ path: String) throws -> ServerProcess {
        try ServerProcess(
            command,
            [
                "serve", "--port", "0", "--database", path, "--roster", scratch.roster(of: clients),
                "--archive-after", "60",
            ]
        )
    }

    private func live(_ server: ServerProcess, for seconds: Double, _ fleet: SoakFleet) async throws -> Life {
        var life = Life()
        let before = try await fleet.look().counts
        let began = ContinuousClock.now
        while ContinuousClock.now - began < .seconds(seconds) {
            life.bytes.append(server.residentBytes)
            try await Task.sleep(for: Self.sampleInterval)
        }
        life.seconds = (ContinuousClock.now - began) / .seconds(1)
        life.counts = try await fleet.look().counts - before
        return life
    }

    /// Whatever is still to be brought and taken is brought and taken.
    private func settle(_ fleet: SoakFleet) async throws {
        for _ in 0..<120 {
            guard try await fleet.look().open > 0 else { return }
            try await Task.sleep(for: Self.sampleInterval)
        }
        let open = try await fleet.look().open
        throw BenchmarkError("a minute after the last incident \(open) dispatches are not confirmed")
    }

    /// What the clients saw joins the server's own database, on which the checkers are let loose.
    private func check(_ path: String, _ observations: [(Observation, UniqueID?)]) throws -> [CheckFinding] {
        let database = try RunRecord.reopen(at: path)
        let numbers = try database.readIncidentNumbers()
        try database.append(
            observations.map { observation, incident in
                var observation = observation
                observation.incident = incident.flatMap { numbers[$0] }
                return observation
            }
        )
        // The last process was killed as well: who was connected then is still in its rooms.
        let findings = try RecordCheck.check(
            database,
            history: database.readHistory(),
            transit: Self.transit,
            noticing: nil
        )
        try database.close()
        return findings
    }

    private func table(of lives: [Life]) -> Table {
        var table = Table(
            "\(clients) clients, \(kills) times kill -9, seed \(seed)",
            ["life", "s", "joined", "dropped", "received", "confirmed", "MB median", "MB most"]
        )
        for (index, life) in lives.enumerated() {
            let megabytes = life.bytes.map { Double($0) / 1_000_000 }
            table.add([
                "\(index + 1)", life.seconds.text(0), "\(life.counts.joined)", "\(life.counts.drops)",
                "\(life.counts.received)", "\(life.counts.confirmed)", megabytes.median.text(0),
                (megabytes.max() ?? 0).text(0),
            ])
        }
        return table
    }

    private func table(of findings: [CheckFinding]) throws -> Table {
        var table = Table("Invariants on the whole record", ["invariant", "examined", "violations"])
        for finding in findings {
            table.add(["\(finding.number) \(finding.name)", "\(finding.examined)", "\(finding.violationCount)"])
        }
        let violations = findings.flatMap { finding in finding.violations.map { "\(finding.number): \($0.message)" } }
        guard violations.isEmpty, findings.allSatisfy({ $0.examined > 0 || $0.number == 11 }) else {
            table.print()
            let told = ["invariants are broken, or nothing was examined"] + violations
            throw BenchmarkError(told.joined(separator: "\n"))
        }
        return table
    }
}
