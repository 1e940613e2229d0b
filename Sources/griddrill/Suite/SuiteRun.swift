internal import Base
internal import DispatchServer
internal import DispatchStore
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

/// Runs scenarios, some of them side by side, and tells of each in the order of the files.
struct SuiteRun: Sendable {
    let options: RunOptions
    /// How many run at once.
    let jobs: Int
    let console: SuiteConsole
    /// Whether the decisions of these runs become the approved ones.
    var approves = false
    /// Whether a scenario without approved decisions does not pass.
    var requiresApproved = false

    /// - Parameter shard: of the suite, if these are not all of it.
    func run(_ files: [String], shard: SuiteShard? = nil) async -> SuiteSummary {
        let clock = WallClock()
        let began = clock.now()
        console.progress.began(files)
        var entries: [SuiteSummary.Entry] = []
        await workInOrder(files, width: jobs) { file in
            await run(file)
        } handOver: { entry in
            console.tell(entry, isSuite: files.count > 1)
            entries.append(entry)
        }
        return SuiteSummary(entries: entries, wallDuration: clock.now() - began, shard: shard)
    }

    private func run(_ file: String) async -> SuiteSummary.Entry {
        let reading = ScenarioReader.read(path: file).checked(for: world)
        guard let scenario = reading.value else {
            let name = RunHeader.folderName(ofScenarioAt: file)
            return .broken(
                BrokenRun(
                    name: name,
                    path: file,
                    message: reading.rendered,
                    status: .invalidScenario,
                    problems: reading.diagnostics.filter { $0.severity == .error }.map {
                        BrokenRun.Problem(
                            path: $0.path,
                            line: $0.line,
                            column: $0.column,
                            message: [$0.message, $0.suggestion].compactMap { $0 }.joined(separator: "\nhelp: ")
                        )
                    }
                )
            )
        }
        guard scenario.source.combination == nil || ScenarioPath(file).combination != nil else {
            return .broken(Self.unsplit(file, first: scenario.source.place))
        }
        do {
            return .run(try await run(scenario))
        } catch {
            return .broken(
                BrokenRun(name: scenario.name, path: file, message: "\(error)", status: .internalError)
            )
        }
    }

    /// A file that got its matrix after it was listed: to run the first combination alone would pass over the others.
    private static func unsplit(_ file: String, first: ScenarioPath) -> BrokenRun {
        let message =
            "the file has got a matrix since the run began; run it again. One of its combinations is '\(first)'"
        return BrokenRun(
            name: RunHeader.folderName(ofScenarioAt: file),
            path: file,
            message: "\(file): \(message)",
            status: .invalidScenario,
            problems: [BrokenRun.Problem(path: file, line: 1, column: 1, message: message)]
        )
    }

    private var world: Scenario.World {
        if options.target != nil { return .target(speed: options.speed) }
        switch options.world {
        case .virtual: return .virtual
        case .live: return .live
        }
    }

    private func run(_ scenario: Scenario) async throws -> RunSummary {
        let path = scenario.source.place.description
        console.progress.began(path)
        defer { console.progress.finished(path) }
        let outcome = try await Runner(scenario, options: options).run { console.progress.update(path, $0) }
        let record = try RunRecord.openUnproven(at: outcome.record)
        let decisions = try ApprovedLedger(ofScenarioAt: path).review(
            record,
            tally: outcome.tally,
            approves: approves,
            requiresApproved: requiresApproved,
            seedIsReplaced: options.seed != nil
        )
        let files = try RunFiles(record, history: outcome.history, decisions: decisions)
        try record.close()
        return try files.write(into: URL(fileURLWithPath: outcome.record).deletingLastPathComponent().path)
    }
}
