internal import ArgumentParser
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

/// Which of the scenarios that a command line names are to be run.
struct ScenarioSelection: ParsableArguments {
    @Argument(
        help: "Scenario files, or folders of them. A line after a file's name, as peak.yaml:42, is a place in it.",
        completion: .file(extensions: ["yaml", "yml"])
    )
    var paths: [String] = [ScenarioFiles.defaultFolder]

    @Option(help: "Run only files whose path contains this text.")
    var filter: String?

    @OptionGroup
    var tags: TagOption

    @Flag(help: "Run only scenarios that did not pass when --reports was last written, or have changed since.")
    var onlyFailed = false

    @Option(
        help: ArgumentHelp(
            "Run one shard of the suite, as 2/5: the others are for other machines; griddrill report --merge joins their reports.",
            valueName: "number/count"
        ),
        transform: Self.shard
    )
    var shard: Shard?

    @Option(
        help: ArgumentHelp(
            "Balance the shards by how long the scenarios took, by the reports in this folder: the same ones for every shard.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var durations: String?

    private static func shard(_ text: String) throws -> Shard {
        guard let shard = Shard(text) else {
            throw ValidationError("a shard's number, counted from 1, and how many there are, as 2/5")
        }
        return shard
    }

    func validate() throws {
        guard filter != "" else {
            throw ValidationError("--filter is a part of a path, not empty; leave it out to run all")
        }
        if durations != nil, shard == nil { throw ValidationError("--durations is for shards of a suite: add --shard") }
        if onlyFailed, shard != nil {
            throw ValidationError(
                "--only-failed and --shard: each machine has its own reports, so the shards would not fit"
            )
        }
    }

    struct Selected {
        var files: [String]
        /// `nil`: they are all of the suite.
        var shard: SuiteShard?
    }

    /// - Parameter reports: the folder that earlier runs wrote.
    func select(reports: String) throws -> Selected {
        let files = try ScenarioFiles.find(paths, filter: filter, tags: tags.choice)
        if onlyFailed {
            let earlier = EarlierReports(in: reports)
            return Selected(files: files.filter { !earlier.passed($0) })
        }
        guard let shard else { return Selected(files: files) }
        let plan = ShardPlan(try items(files), count: shard.count)
        return Selected(
            files: files.filter { plan[$0] == shard.number },
            shard: SuiteShard(number: shard.number, count: shard.count, suite: files)
        )
    }

    /// What is to be watched once these have been selected: of the folders also files that are yet to come.
    func watched(_ files: [String]) -> () -> [String] {
        // The files are listed several times a second, and are read only if they have changed.
        var known: [String: (stamp: FileStamp?, scenarios: [String])] = [:]
        return { [self] in
            (onlyFailed ? files : ScenarioFiles.list(paths)).flatMap { file in
                let stamp = FileStamp(file)
                if let known = known[file], known.stamp == stamp { return known.scenarios }
                let found = ScenarioReader.scenarios(at: file)
                let scenarios = ScenarioFiles.wanted(found, filter).filter { scenario in
                    tags.choice?.selects(read: ScenarioReader.readTags(path: scenario)) ?? true
                }
                // An invalid matrix may be mended in a file that is included.
                known[file] = found.hasInvalidMatrix ? nil : (stamp, scenarios)
                return scenarios
            }
        }
    }

    private func items(_ files: [String]) throws -> [ShardPlan.Item] {
        let earlier = try durations.map { folder in
            guard FileManager.default.fileExists(atPath: folder) else {
                throw ValidationError("--durations: \(folder): there is no such folder")
            }
            return EarlierReports(in: folder)
        }
        return files.map { file in
            let size = ScenarioReader.read(path: file).value?.size ?? 1
            return ShardPlan.Item(path: file, size: size, duration: earlier?.duration(of: file))
        }
    }
}
