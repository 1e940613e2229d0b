internal import ArgumentParser
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run scenarios in virtual time, or live over TCP, and report what came of them.",
        discussion: """
            Exit status: 0 all held, 1 an expectation fell short, 2 a scenario file is invalid, 4 an invariant was broken, \
            5 no scenario matched, 64 wrong usage, 70 internal error, 130 and 143 interrupted.
            """
    )

    @Argument(help: "Scenario files, or folders of them.")
    var paths: [String] = [ScenarioFiles.defaultFolder]

    @Flag(help: "Run on the wall clock against a real server, with real sockets.")
    var live = false

    @Option(help: "Divide the scripted waiting of a live run by this.")
    var speed = 1.0

    @Option(
        help:
            "Run live against a server that runs elsewhere and has the scenario's customers, as http://127.0.0.1:3000.",
        transform: Self.address
    )
    var target: TargetServer.Address?

    @Option(help: "Replace the scenarios' own seeds.")
    var seed: UInt64?

    @Option(help: "The folder for records and reports.")
    var reports = "reports"

    @Option(help: "Run only files whose path contains this text.")
    var filter: String?

    @Flag(help: "List the scenarios that would run.")
    var list = false

    @Flag(help: "Neither progress nor reports on the terminal, only what went wrong.")
    var quiet = false

    private static func address(_ text: String) throws -> TargetServer.Address {
        guard let address = TargetServer.Address(text) else {
            throw ValidationError("--target is a server's address, as http://127.0.0.1:3000, not \(text)")
        }
        return address
    }

    func validate() throws {
        guard speed > 0, speed.isFinite else { throw ValidationError("--speed must be a number above 0") }
        if target != nil, !live { throw ValidationError("--target is for live runs: add --live") }
        if speed != 1, !live { throw ValidationError("--speed is for live runs: add --live") }
    }

    func run() async throws {
        let files = try ScenarioFiles.find(paths, filter: filter)
        if list {
            for file in files { print(file) }
            return
        }
        try refuseSharedFolders(files)
        let clock = WallClock()
        let began = clock.now()
        let interruption = Interruption()
        var entries: [SuiteSummary.Entry] = []
        for file in files { entries.append(await run(file, isSuite: files.count > 1, interruption)) }
        let suite = SuiteSummary(entries: entries, wallDuration: clock.now() - began)
        do {
            try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: true)
            try Data(JUnitDocument(suite).text.utf8).write(
                to: URL(fileURLWithPath: "\(reports)/junit.xml"),
                options: .atomic
            )
        } catch {
            StandardError.write("griddrill: \(reports)/junit.xml: cannot be written: \(error.localizedDescription)\n")
            throw RunStatus.internalError.exitCode
        }
        if !quiet, entries.count > 1 { print(SuiteReport(suite, style: Terminal.standardOutput).text, terminator: "") }
        if suite.status != .allHeld { throw suite.status.exitCode }
    }

    /// Each scenario's reports stand in a folder that bears its file's name.
    private func refuseSharedFolders(_ files: [String]) throws {
        var owners: [String: String] = [:]
        for file in files {
            let folder = Runner.folderName(ofScenarioAt: file)
            guard let other = owners.updateValue(file, forKey: folder) else { continue }
            StandardError.write(
                "griddrill: \(other) and \(file) would both write \(reports)/\(folder); "
                    + "run them one by one, with another --reports each\n"
            )
            throw RunStatus.wrongUsage.exitCode
        }
    }

    private func run(_ file: String, isSuite: Bool, _ interruption: Interruption) async -> SuiteSummary.Entry {
        let reading = ScenarioReader.read(path: file)
        guard let scenario = reading.value else {
            StandardError.write(reading.rendered + (isSuite ? "\n\n" : "\n"))
            let name = Runner.folderName(ofScenarioAt: file)
            return .broken(
                BrokenRun(name: name, path: file, message: reading.rendered, status: .invalidScenario)
            )
        }
        do {
            return .run(try await run(scenario, interruption))
        } catch {
            StandardError.write("griddrill: \(file): the run was broken off: \(error)\n")
            return .broken(
                BrokenRun(name: scenario.name, path: file, message: "\(error)", status: .internalError)
            )
        }
    }

    private func run(_ scenario: Scenario, _ interruption: Interruption) async throws -> RunSummary {
        let options = RunOptions(
            world: live ? .live : .virtual,
            seed: seed,
            speed: speed,
            target: target,
            reports: reports,
            version: Version.current
        )
        let line = !quiet && Terminal.showsProgress ? ProgressLine() : nil
        interruption.began(scenario.source.path, line)
        defer { interruption.finished() }
        let outcome = try await Runner(scenario, options: options).run { progress in
            line?.show(fraction: progress.fraction, dispatches: progress.dispatches, events: progress.events)
        }
        line?.clear()
        let database = try DispatchDatabase.openForReading(at: outcome.record)
        let summary = try RunSummary(database: database, history: outcome.history, recordPath: outcome.record)
        try database.close()
        let folder = URL(fileURLWithPath: outcome.record).deletingLastPathComponent()
        try Data(SummaryDocument(summary).text.utf8).write(
            to: folder.appendingPathComponent("summary.json"),
            options: .atomic
        )
        let report = RunReport(summary, style: Terminal.standardOutput)
        if !quiet {
            print(report.text)
        } else if summary.status != .allHeld {
            StandardError.write(report.failures)
        }
        return summary
    }
}
