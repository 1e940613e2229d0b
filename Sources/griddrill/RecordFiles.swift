internal import ArgumentParser
internal import Foundation
internal import Reports

/// Which records are meant by the paths of a command line.
struct RecordFiles {
    private static let name = "record.sqlite"

    /// Files as they are named; of folders the record in them, or those in their folders, by name.
    let paths: [String]
    /// The one folder that was named, where it is not a single run's.
    let suiteFolder: String?
    /// What was not brought to its end in the folders.
    let brokenRuns: [BrokenRun]

    init(_ named: [String]) throws {
        var paths: [String] = []
        var folders: [String] = []
        var brokenRuns: [BrokenRun] = []
        for path in named {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Self.missing("\(path): there is no such file or folder")
            }
            guard isFolder.boolValue else {
                paths.append(path)
                continue
            }
            let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            if let own = Self.record(in: folder) {
                paths.append(own)
                continue
            }
            let records = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                .compactMap { Self.record(in: "\(folder)/\($0)") }
            guard !records.isEmpty else { throw Self.missing("\(path): there is no NAME/\(Self.name) in this folder") }
            paths += records
            folders.append(folder)
            brokenRuns += try Self.brokenRuns(in: folder)
        }
        self.paths = paths
        self.brokenRuns = brokenRuns
        suiteFolder = named.count == 1 ? folders.first : nil
    }

    private static func record(in folder: String) -> String? {
        let path = "\(folder)/\(name)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Of a suite that was killed, or still runs: what it had not come to may have a record of an earlier run, or none.
    private static func brokenRuns(in folder: String) throws -> [BrokenRun] {
        let partial = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter {
            FileManager.default.fileExists(atPath: "\(folder)/\($0)/\(name).partial")
        }
        let runs = partial.map { run in
            BrokenRun(
                name: run,
                path: "\(folder)/\(run)/\(name).partial",
                message: "its run has not come to its end: it was killed, or still runs; run it again",
                status: .internalError
            )
        }
        return try runs + [UnfinishedSuite(in: folder).brokenRun()].compactMap(\.self)
    }

    private static func missing(_ message: String) -> ExitCode {
        RunStatus.noScenarioMatched.exitCode(saying: message)
    }
}
