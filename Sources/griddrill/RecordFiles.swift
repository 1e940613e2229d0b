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

    init(_ named: [String]) throws {
        var paths: [String] = []
        var folders: [String] = []
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
        }
        self.paths = paths
        suiteFolder = named.count == 1 ? folders.first : nil
    }

    private static func record(in folder: String) -> String? {
        let path = "\(folder)/\(name)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private static func missing(_ message: String) -> ExitCode {
        RunStatus.noScenarioMatched.exitCode(saying: message)
    }
}
