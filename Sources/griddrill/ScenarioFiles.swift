internal import ArgumentParser
internal import Base
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

/// Which files are meant by the paths of a command line.
enum ScenarioFiles {
    static let defaultFolder = "scenarios"

    /// Files as they are named, each once; of folders all `.yaml` and `.yml` files in them, by name, and then those of their folders; but none
    /// whose name begins with a point or an underscore. Of a file with a matrix its combinations.
    static func find(_ paths: [String], filter: String? = nil, tags: TagChoice? = nil) throws -> [String] {
        let scenarios = try files(paths).flatMap { wanted(ScenarioReader.scenarios(at: $0), filter) }
        let selected = if let tags { try select(scenarios, by: tags) } else { scenarios }
        guard !selected.isEmpty else {
            let conditions = [
                filter.map { "whose path contains \"\($0)\"" }, scenarios.isEmpty ? nil : tags?.words,
            ].compactMap(\.self)
            throw nothing(
                "no scenario in \(paths.joined(separator: ", "))"
                    + (conditions.isEmpty ? "" : " " + conditions.joined(separator: " and "))
            )
        }
        return selected
    }

    /// The files alone.
    static func files(_ paths: [String]) throws -> [String] {
        for path in paths {
            let place = ScenarioPlace(path)
            guard FileManager.default.fileExists(atPath: place.file) else {
                throw nothing("\(place.file): there is no such file or folder")
            }
            if let count = place.linesMissed() {
                throw nothing("\(path): the file has only \(count == 1 ? "1 line" : "\(count) lines")")
            }
        }
        let files = list(paths)
        guard !files.isEmpty else { throw nothing("no scenario in \(paths.joined(separator: ", "))") }
        return files
    }

    /// Those of a file whose path contains a text. What is wrong with a matrix is not passed over.
    static func wanted(_ scenarios: ScenarioReader.FileScenarios, _ filter: String?) -> [String] {
        guard let filter, !scenarios.hasInvalidMatrix else { return scenarios.paths }
        return scenarios.paths.filter { $0.localizedCaseInsensitiveContains(filter) }
    }

    /// Those that tags pick. Of several wanted tags one that no scenario has is misspelt, whatever the others pick.
    private static func select(_ scenarios: [String], by choice: TagChoice) throws -> [String] {
        let tags = scenarios.map { ScenarioReader.readTags(path: $0) }
        if choice.wanted.count > 1, !tags.contains(nil) {
            for tag in choice.wanted where !tags.contains(where: { $0?.contains(tag) ?? false }) {
                throw nothing("no scenario has the tag '\(tag)'")
            }
        }
        return zip(scenarios, tags).filter { choice.selects(read: $1) }.map(\.0)
    }

    /// The files without a word about what is not there: one that is named is listed all the same.
    static func list(_ paths: [String]) -> [String] {
        var listed: Set<String> = []
        return paths.flatMap { files(at: ScenarioPlace($0).path) }.filter { listed.insert($0).inserted }
    }

    private static func files(at path: String) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [path] }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        // What begins with an underscore is there for scenarios to include.
        let visible = names.filter { !$0.hasPrefix(".") && !$0.hasPrefix("_") }.sorted().map {
            folder == "." ? $0 : "\(folder)/\($0)"
        }
        let scenarios = visible.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        return scenarios + visible.filter { !scenarios.contains($0) && isFolder($0) }.flatMap(files(at:))
    }

    /// A link to a folder is not followed: it may lead round in a circle.
    private static func isFolder(_ path: String) -> Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        return type == .typeDirectory
    }

    private static func nothing(_ message: String) -> ExitCode {
        RunStatus.noScenarioMatched.exitCode(saying: message)
    }

    /// How much work each of them is; a file that is invalid is soon told.
    static func sizes(_ files: [String]) -> [String: Int] {
        Dictionary(files.map { ($0, ScenarioReader.read(path: $0).value?.size ?? 1) }) { first, _ in first }
    }
}

/// A path as reports and diagnostics print it: a file, and perhaps a line and a column in it, as `peak.yaml:42`. A file holds one
/// scenario, so that any of its lines picks it.
struct ScenarioPlace {
    let file: String
    let line: Int?
    /// Of a file with a matrix.
    private let combination: String?

    /// Without the line.
    var path: String { ScenarioPath(file: file, combination: combination).description }

    init(_ path: String) {
        if !FileManager.default.fileExists(atPath: path), let match = path.wholeMatch(of: /(.+?):(\d+)(:\d+)?:?/) {
            file = String(match.1)
            line = Int(match.2)
            combination = nil
        } else {
            let isFile = FileManager.default.fileExists(atPath: path)
            let place = isFile ? ScenarioPath(file: path, combination: nil) : ScenarioPath(path)
            file = place.file
            line = nil
            combination = place.combination
        }
    }

    /// How many lines the file has, if there is no such line in it.
    func linesMissed() -> Int? {
        guard let line, let data = FileManager.default.contents(atPath: file) else { return nil }
        let lines = String(decoding: data, as: UTF8.self).lines
        let count = lines.last?.isEmpty ?? false ? lines.count - 1 : lines.count
        return 1...max(count, 1) ~= line ? nil : count
    }
}
