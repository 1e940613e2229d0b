internal import ArgumentParser
internal import DispatchStore
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run scenarios in virtual time, or live over TCP, and report what came of them.",
        discussion: """
            Exit status: 0 all held, 1 an expectation fell short, 2 a scenario file is invalid, 3 decisions differ from the approved ones, 4 an invariant was broken, \
            5 no scenario matched, 64 wrong usage, 70 internal error, 130 and 143 interrupted.
            """
    )

    @OptionGroup
    var selection: ScenarioSelection

    @Flag(help: "Run on the wall clock against a real server, with real sockets.")
    var live = false

    @Option(help: "How many times as fast as the machine's clock the grid's goes in a live run.")
    var speed = 1.0

    @Flag(help: "End a live run as soon as nothing more is going to happen, instead of at the scenario's end.")
    var untilQuiet = false

    @Option(
        help:
            "Run live against a server that runs elsewhere and has the scenario's customers, as http://127.0.0.1:3000.",
        transform: Self.address
    )
    var target: TargetServer.Address?

    @Option(
        help: """
            A file with the bearer token of an operator there, if that server asks for one; without it the token is that of the \
            environment, GRIDDRILL_TARGET_TOKEN.
            """,
        completion: .file()
    )
    var targetTokenFile: String?

    @Option(help: "Replace the scenarios' own seeds.")
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            """
            How many scenarios run side by side; by default as many as there are processors, and of live runs, which would \
            disturb each other's measurements, one.
            """,
            valueName: "number"
        )
    )
    var jobs: Int?

    @Flag(
        help: """
            Write what is decided as the approved decisions, to approved/NAME.ledger beside each scenario. Later runs end with \
            3 when they decide anything else.
            """
    )
    var approve = false

    @Flag(help: "A virtual run of a scenario whose decisions nobody has approved does not pass.")
    var requireApproved = false

    @Option(
        help: ArgumentHelp(
            """
            Make so many live runs, one after the other, each with reports in a folder of its own: run-1, run-2 and so on in \
            --reports. For griddrill compare.
            """,
            valueName: "times"
        )
    )
    var `repeat` = 1

    @Option(help: "The folder for records and reports.", completion: .directory)
    var reports = "reports"

    @Flag(help: "List the scenarios that would run, with their tags after a tab.")
    var list = false

    @Flag(help: "Stay, and run again what a saved file touches; Ctrl-C ends it.")
    var watch = false

    @Flag(help: "Neither progress nor reports on the terminal, only what went wrong.")
    var quiet = false

    @Flag(help: "The whole report of every scenario of a suite, also of those that passed.")
    var verbose = false

    @Flag(help: "Print what fell short as annotations too, for a job of GitHub Actions.")
    var github = false

    private static func address(_ text: String) throws -> TargetServer.Address {
        guard let address = TargetServer.Address(text) else {
            throw ValidationError("--target is a server's address, as http://127.0.0.1:3000, not \(text)")
        }
        return address
    }

    func validate() throws {
        guard (0.001...1_000_000).contains(speed) else {
            throw ValidationError("--speed must be from 0.001 to 1000000")
        }
        guard !reports.isEmpty else { throw ValidationError("--reports is the name of a folder, not empty") }
        if target != nil, !live { throw ValidationError("--target is for live runs: add --live") }
        if targetTokenFile != nil, target == nil {
            throw ValidationError("--target-token-file is for a server elsewhere: add --target")
        }
        if let jobs, !(1...Self.mostJobs).contains(jobs) {
            throw ValidationError("--jobs must be from 1 to \(Self.mostJobs)")
        }
        if let jobs, jobs > 1, target != nil {
            throw ValidationError("--jobs: a server elsewhere takes one scenario at a time; leave --jobs out")
        }
        if watch, list || selection.shard != nil {
            throw ValidationError("--watch has nothing to do with --list and --shard")
        }
        if watch, approve {
            throw ValidationError("--watch would approve whatever a saved file decides: approve once, without --watch")
        }
        guard (1...Self.mostRuns).contains(`repeat`) else {
            throw ValidationError("--repeat is a number from 1 to \(Self.mostRuns)")
        }
        if `repeat` > 1, !live {
            throw ValidationError("--repeat is for live runs, add --live: a virtual run is the same each time")
        }
        if `repeat` > 1, watch || list || selection.onlyFailed {
            throw ValidationError("--repeat has nothing to do with --watch, --list and --only-failed")
        }
        if quiet, verbose { throw ValidationError("--quiet or --verbose, not both") }
        if approve, live { throw ValidationError("--approve is for virtual runs: leave --live out") }
        if approve, seed != nil { throw ValidationError("--approve is for the scenarios' own seeds: leave --seed out") }
        if untilQuiet, !live { throw ValidationError("--until-quiet is for live runs: add --live") }
        if speed != 1, !live { throw ValidationError("--speed is for live runs: add --live") }
    }

    func run() async throws {
        let selected = try selection.select(reports: reports)
        if list {
            for file in selected.files {
                let tags = ScenarioReader.readTags(path: file) ?? []
                print(file + (tags.isEmpty ? "" : "\t" + tags.joined(separator: " ")))
            }
            return
        }
        try refuseSharedFolders(selected.shard?.suite ?? selected.files)
        let progress = SuiteProgress(quiet ? .nowhere : Terminal.showsProgress ? .terminal : .log)
        let interruption = Interruption(progress)
        defer { withExtendedLifetime(interruption) {} }
        let console = SuiteConsole(progress: progress, loudness: quiet ? .quiet : verbose ? .verbose : .normal)
        let target = try targetWithToken()
        func suiteRun(into reports: String) -> SuiteRun {
            SuiteRun(
                options: options(reports, target),
                jobs: concurrentRuns,
                console: console,
                approves: approve,
                requiresApproved: requireApproved
            )
        }
        if watch {
            try await SuiteWatch(suiteRun: suiteRun(into: reports)) { try conclude($0, console, into: reports) }
                .run(selected.files, list: selection.watched(selected.files))
        }
        guard !selected.files.isEmpty || selected.shard != nil else {
            StandardError.write("griddrill: nothing to run: all passed when they last ran\n")
            return
        }
        var statuses: [RunStatus] = []
        for number in 1...`repeat` {
            let reports = `repeat` == 1 ? reports : "\(reports)/run-\(number)"
            let mark = UnfinishedSuite(in: reports)
            do {
                try mark.begin(selected.files)
            } catch {
                throw RunStatus.internalError.exitCode(saying: "\(error)")
            }
            let suite = await suiteRun(into: reports).run(selected.files, shard: selected.shard)
            try conclude(suite, console, into: reports)
            mark.end()
            statuses.append(suite.status)
        }
        let status = RunStatus.combined(statuses)
        if status != .allHeld { throw status.exitCode }
    }

    private func conclude(_ suite: SuiteSummary, _ console: SuiteConsole, into reports: String) throws {
        do {
            try SuiteFiles(suite).write(into: reports)
        } catch {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
        console.tell(suite)
        if github { print(GitHubAnnotations(suite).text, terminator: "") }
    }

    private static let mostRuns = 100
    private static let mostJobs = 1_000

    /// With the token, which is never taken from the command line, where others see it.
    private func targetWithToken() throws -> TargetServer.Address? {
        guard var target else { return nil }
        var token = ProcessInfo.processInfo.environment["GRIDDRILL_TARGET_TOKEN"]
        if let targetTokenFile {
            guard let data = FileManager.default.contents(atPath: targetTokenFile) else {
                throw ValidationError("--target-token-file: \(targetTokenFile) cannot be read")
            }
            token = String(decoding: data.prefix(10_000), as: UTF8.self)
        }
        let trimmed = token?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        target.token = trimmed.isEmpty ? nil : trimmed
        return target
    }

    private func options(_ reports: String, _ target: TargetServer.Address?) -> RunOptions {
        RunOptions(
            world: live ? .live : .virtual,
            seed: seed,
            speed: speed,
            untilQuiet: untilQuiet,
            target: target,
            reports: reports,
            version: Version.current
        )
    }

    /// Live runs measure the software: beside each other they would measure each other.
    private var concurrentRuns: Int { jobs ?? (live ? 1 : ProcessInfo.processInfo.activeProcessorCount) }

    /// Each scenario's reports stand in a folder that bears its file's name.
    private func refuseSharedFolders(_ files: [String]) throws {
        var owners: [String: String] = [:]
        for file in files {
            let folder = RunHeader.folderName(ofScenarioAt: file)
            guard !SuiteFiles.names.contains(folder.lowercased()), !["", ".", ".."].contains(folder) else {
                throw RunStatus.wrongUsage.exitCode(
                    saying:
                        "\(file): its reports would stand in \(reports)/\(folder), which is taken by those of the suite; "
                        + "rename the file"
                )
            }
            guard let other = owners.updateValue(file, forKey: folder) else { continue }
            StandardError.write(
                "griddrill: \(other) and \(file) would both write \(reports)/\(folder); "
                    + "run them one by one, with another --reports each\n"
            )
            throw RunStatus.wrongUsage.exitCode
        }
    }
}
