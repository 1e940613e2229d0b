internal import ArgumentParser
internal import DispatchStore
internal import Journal
internal import Foundation
internal import Reports

struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make every report of one run or of several again, from their records alone.",
        discussion: """
            Without --reports each record's reports are written beside it, and those of a folder of records into that folder. \
            With --merge the folders are those that the shards of a suite (griddrill run --shard) wrote: their records are copied into \
            the folder of --reports, and the reports there are those of one run of it all. \
            Exit status: that of the runs, as griddrill run gave it; 5 there is no record, 70 one could not be read.
            """
    )

    @Argument(
        help: "Records (record.sqlite), or folders that hold one, or several as NAME/record.sqlite.",
        completion: .file()
    )
    var records: [String]

    @Flag(help: "Join the reports of a suite's shards into those of the whole.")
    var merge = false

    @Option(help: "The folder for the reports: each run's go to NAME/ in it, the suite's directly into it.")
    var reports: String?

    @Flag(help: "Nothing on the terminal but what went wrong.")
    var quiet = false

    func validate() throws {
        guard reports != "" else { throw ValidationError("--reports is the name of a folder, not empty") }
        if merge, reports == nil {
            throw ValidationError("--merge: say with --reports where the reports of the whole are to go")
        }
    }

    func run() throws {
        let suite = if merge, let reports { try joined(into: reports) } else { try made() }
        if !quiet { show(suite) }
        if suite.status != .allHeld { throw suite.status.exitCode }
    }

    private func joined(into folder: String) throws -> SuiteSummary {
        let shards: SuiteMerge
        do {
            shards = try SuiteMerge(folders: records)
        } catch {
            throw RunStatus.wrongUsage.exitCode(saying: "\(error)")
        }
        do {
            return try shards.write(into: folder)
        } catch {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }

    private func made() throws -> SuiteSummary {
        let files = try RecordFiles(records)
        let suiteFolder = reports ?? files.suiteFolder
        if suiteFolder == nil, files.paths.count > 1 {
            throw ValidationError("several records make a suite: say with --reports where its reports are to go")
        }
        let suite: SuiteSummary
        do {
            var owners: [String: String] = [:]
            let runs = try files.paths.map { SuiteSummary.Entry.run(try report($0, &owners)) }
            suite = SuiteSummary(entries: runs + files.brokenRuns.map { .broken($0) })
            if let suiteFolder { try SuiteFiles(suite).write(into: suiteFolder) }
        } catch let error where error is StoreError || error is ReportFileError {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
        return suite
    }

    private func report(_ path: String, _ owners: inout [String: String]) throws -> RunSummary {
        let record = try RunRecord.open(at: path)
        guard let header = try record.readRun() else {
            throw ValidationError("\(path): this is a server's database, not the record of a run")
        }
        let folder =
            reports.map { "\($0)/\(header.folderName)" }
            ?? URL(fileURLWithPath: path).deletingLastPathComponent().relativePath
        if let other = owners.updateValue(path, forKey: folder) {
            throw ValidationError("\(other) and \(path) would both write \(folder): report on them one by one")
        }
        let files = try RunFiles(record)
        try record.close()
        return try files.write(into: folder)
    }

    private func show(_ suite: SuiteSummary) {
        let style = Terminal.standardOutput
        if suite.entries.count == 1, let run = suite.runs.first {
            print(RunReport(run, style: style).text, terminator: "")
        } else {
            print(SuiteReport(suite, style: style).text, terminator: "")
        }
    }
}
