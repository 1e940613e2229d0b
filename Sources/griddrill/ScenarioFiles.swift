internal import ArgumentParser
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

/// Which files are meant by the paths of a command line.
enum ScenarioFiles {
    static let defaultFolder = "scenarios"

    /// Files as they are named; of folders all `.yaml` and `.yml` files directly in them, by name.
    static func find(_ paths: [String], filter: String? = nil) throws -> [String] {
        var files: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                StandardError.write("griddrill: \(path): there is no such file or folder\n")
                throw RunStatus.noScenarioMatched.exitCode
            }
            guard isFolder.boolValue else {
                files.append(path)
                continue
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
            files += names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map { "\(folder)/\($0)" }
        }
        if let filter { files = files.filter { $0.localizedCaseInsensitiveContains(filter) } }
        guard !files.isEmpty else {
            StandardError.write(
                "griddrill: no scenario in \(paths.joined(separator: ", "))"
                    + (filter.map { " whose path contains \"\($0)\"" } ?? "") + "\n"
            )
            throw RunStatus.noScenarioMatched.exitCode
        }
        return files
    }

    /// How much work each of them is; a file that is invalid is soon told.
    static func sizes(_ files: [String]) -> [String: Int] {
        Dictionary(files.map { ($0, ScenarioReader.read(path: $0).value?.size ?? 1) }) { first, _ in first }
    }
}
