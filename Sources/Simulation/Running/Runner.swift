internal import Base
internal import DemandResponse
public import DispatchServer
internal import DispatchStore
internal import Foundation
public import Scenarios

/// Runs a scenario in one of the two worlds, checks what came of it, and leaves the record.
public struct Runner: Sendable {
    private let scenario: Scenario
    private let options: RunOptions
    /// `nil`: those of this build.
    private let makeRules: DispatchEngine.MakeRules?

    /// - Parameter makeRules: the rules, unless they are those of this build. A server elsewhere, or in a process of its own, cannot
    ///   have them.
    public init(
        _ scenario: Scenario,
        options: RunOptions,
        makeRules: DispatchEngine.MakeRules? = nil
    ) {
        var scenario = scenario
        scenario.seed = options.seed ?? scenario.seed
        self.scenario = scenario
        self.options = options
        self.makeRules = makeRules
    }

    /// The record comes to stand under its own name only when it is whole.
    public func run(progress: @escaping @Sendable (RunProgress) -> Void) async throws -> RunOutcome {
        let folder = options.reports + "/" + RunHeader.folderName(ofScenarioAt: place)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw RunError("\(folder): cannot be made: \(error.localizedDescription)")
        }
        let path = folder + "/record.sqlite"
        let partial = path + ".partial"
        let clock = WallClock()
        let began = clock.now()
        var header = header(began: began)
        var record = try RunRecord.create(at: partial, isServed: options.world == .live)
        let result: WorldResult
        var running: RunningCheck?
        switch options.world {
        case .virtual:
            try record.write(header)
            let check = RunningCheck()
            running = check
            result = try await workOnThread("virtual world") { [record] in
                try runVirtual(into: record, check, progress: progress)
            }
        case .live:
            guard makeRules == nil || scenario.faults.isEmpty else {
                throw RunError("the faults of a live run need a server process, which has only the rules of this build")
            }
            (result, record) = try await LiveWorld(scenario, options: options, makeRules: rules, record: record)
                .run(progress: progress)
            header.startsAt = result.startsAt
            header.endsAt = result.endsAt
            try record.write(header)
        }
        try record.write(result.script)
        var outcome = try conclude(record, header, result, running)
        let ended = clock.now()
        outcome.header.wallFinishedAt = ended
        outcome.header.wallDuration = ended - began
        try record.write(outcome.header)
        try record.close(as: path)
        outcome.record = path
        return outcome
    }

    private var rules: DispatchEngine.MakeRules { makeRules ?? { Dispatcher(restoring: $0) } }

    private func conclude(
        _ record: RunRecord,
        _ header: RunHeader,
        _ result: WorldResult,
        _ running: RunningCheck?
    ) throws -> RunOutcome {
        let (history, checks) = try running?.conclude(result) ?? Self.readBack(record, result)
        let evaluator = ExpectationEvaluator(
            Measurements(history),
            now: options.today ?? header.wallStartedAt,
            messages: { try record.readMessages($0, history) },
            moments: { event, keys in
                try record.readMoments(event.moment, event.channel, modification: event.modification, of: keys)
            },
            clock: scenario.clockText
        )
        let findings = try scenario.expectations.map(evaluator.evaluate) + scenario.shortcomings(of: result)
        try record.write(findings, checks)
        var header = header
        header.verdict =
            checks.contains { $0.violationCount > 0 } ? .violated : findings.allSatisfy(\.passes) ? .passed : .failed
        return RunOutcome(
            header: header,
            record: record.path,
            history: history,
            tally: running?.tally,
            expectations: findings,
            checks: checks,
            events: result.events
        )
    }

    /// A live run's record is written by its server.
    private static func readBack(
        _ record: RunRecord,
        _ result: WorldResult
    ) throws -> (history: History, checks: [CheckFinding]) {
        let history = try record.readHistory()
        return (
            history,
            try RecordCheck.check(
                record,
                history: history,
                transit: result.transit,
                noticing: result.noticing
            )
        )
    }

    private func header(began: Timestamp) -> RunHeader {
        return RunHeader(
            name: scenario.name,
            description: scenario.description,
            path: place,
            scenario: scenario.source.text,
            included: scenario.source.included.map { IncludedFile(name: $0.name, text: $0.text) },
            scenarioSHA256: scenario.source.sha256,
            seed: scenario.seed,
            world: options.world,
            speed: options.speed,
            target: options.target?.base,
            version: options.version,
            repeatCommand: repeatCommand,
            startsAt: scenario.starts,
            endsAt: scenario.ends,
            wallStartedAt: began,
            environment: .current,
            unplayed: options.world == .live && scenario.clients.contains { $0.link != nil } ? ["link"] : [],
            tags: scenario.tags
        )
    }

    private var place: String { scenario.source.place.description }

    private var repeatCommand: String {
        var words = ["griddrill", "run", Self.quoted(place), "--seed", String(scenario.seed)]
        if options.world == .live {
            words.append("--live")
            if options.untilQuiet { words.append("--until-quiet") }
            if options.speed != 1 { words += ["--speed", String(options.speed).replacing(/\.0$/, with: "")] }
            if let target = options.target { words += ["--target", Self.quoted(target.base)] }
        }
        return words.joined(separator: " ")
    }

    /// For a POSIX shell.
    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "/._-:".utf8.contains(byte)
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    private func runVirtual(
        into record: RunRecord,
        _ check: RunningCheck,
        progress: @escaping @Sendable (RunProgress) -> Void
    ) throws -> WorldResult {
        let writer = RecordWriter(record, observer: check)
        let result = try VirtualWorld(
            scenario,
            makeRules: rules,
            record: writer,
            storage: options.storage(writer),
            reckonsHeartbeats: options.reckonsHeartbeats
        ).run(progress: progress)
        try writer.finish()
        return result
    }
}

/// What a world hands back beside what it has recorded.
struct WorldResult: Sendable {
    var script: [ScriptStep]
    /// Which of the scenario's faults had any effect, in their order.
    var struck: [Bool]
    /// On the world's own clock.
    var startsAt: Timestamp
    var endsAt: Timestamp
    var events: Int
    /// Within what time a client that stayed connected had what was sent to it.
    var transit: Span
    /// Within what time the server misses a client that went without a word; `nil`: it is away.
    var noticing: Span?
}
