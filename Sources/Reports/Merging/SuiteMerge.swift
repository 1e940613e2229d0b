internal import DispatchStore
internal import Foundation

/// Joins the reports of a suite's shards into those of the whole, as one run of it would have left them.
public struct SuiteMerge: Sendable {
    private typealias Found = (index: SuiteIndex, scenario: SuiteIndex.Scenario)

    /// The paths of all scenarios, in the suite's order.
    private let suite: [String]
    private let found: [String: Found]
    /// As `shard 2/5 is missing`; `nil`: none is.
    private let missing: String?

    /// Reads what the shards say of themselves, and refuses those that do not fit together.
    /// - Parameter folders: the reports of each shard, in any order. Reports of whole suites are joined one after the other.
    public init(folders: [String]) throws {
        let indexes = try folders.map { folder in
            if let broken = try UnfinishedSuite(in: folder).brokenRun() {
                throw SuiteIndexError(path: broken.path, reason: broken.message)
            }
            return try SuiteIndex(folder: folder)
        }
        let shards = try Self.shards(of: indexes)
        missing = Self.missing(shards.map(\.shard))
        suite = shards.first?.shard.suite ?? indexes.flatMap { $0.scenarios.map(\.path) }
        found = try Self.scenarios(of: indexes)
    }

    /// Copies the records into a folder of their own and makes every report there.
    ///
    /// A scenario that no shard tells of, or whose record is missing or damaged, counts as broken off: it hides none of the others.
    public func write(into folder: String) throws(ReportFileError) -> SuiteSummary {
        var entries: [SuiteSummary.Entry] = []
        for path in suite { entries.append(try entry(path, into: folder)) }
        let summary = SuiteSummary(entries: entries, wallDuration: Self.wallDuration(entries))
        try SuiteFiles(summary).write(into: folder)
        return summary
    }

    private func entry(_ path: String, into folder: String) throws(ReportFileError) -> SuiteSummary.Entry {
        let name = RunHeader.folderName(ofScenarioAt: path)
        guard let (index, scenario) = found[path] else {
            return .broken(
                BrokenRun(
                    name: name,
                    path: path,
                    message: "there is no report of it: \(missing ?? "none of the shards has it")",
                    status: .internalError
                )
            )
        }
        guard scenario.recordPath != nil else {
            let message = scenario.message ?? ""
            return .broken(BrokenRun(name: scenario.name, path: path, message: message, status: scenario.status))
        }
        let (source, target) = ("\(index.folder)/\(name)", "\(folder)/\(name)")
        let files: RunFiles
        do {
            files = try read(scenario, in: source, recordPath: "\(target)/record.sqlite")
        } catch {
            let message = "\(error)"
            return .broken(BrokenRun(name: scenario.name, path: path, message: message, status: .internalError))
        }
        try ReportFile.copyAll(from: source, to: target)
        return .run(try files.write(into: target))
    }

    /// Makes the reports from the record, which must say what the shard's own index says.
    private func read(_ scenario: SuiteIndex.Scenario, in folder: String, recordPath: String) throws -> RunFiles {
        let path = "\(folder)/record.sqlite"
        let record = try RunRecord.open(at: path)
        let files = try RunFiles(record, recordPath: recordPath)
        try record.close()
        let (summary, isSame) = (files.summary, files.summary.header.path == scenario.path)
        guard isSame, summary.overall.counts.dispatches == scenario.dispatches, summary.statuses == scenario.statuses
        else {
            throw SuiteMergeError("\(path): is not the record that the suite.json of its shard tells of")
        }
        return files
    }
}

/// Why shards cannot be joined, for the person who named them.
public struct SuiteMergeError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
