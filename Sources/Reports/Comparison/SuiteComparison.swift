internal import Foundation

/// Two suites, scenario by scenario; or two runs, which are a suite of one each.
public struct SuiteComparison: Sendable {
    /// Ascending by the name of their folder.
    public internal(set) var runs: [(name: String, comparison: RunComparison)]
    /// Scenarios that only one side has.
    public let onlyInA: [String]
    public let onlyInB: [String]

    /// Why there is nothing to compare.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - a: a record, the folder of one, or a folder of such folders.
    ///   - tolerance: see ``RunComparison``.
    /// - Throws: `StoreError`, `RunComparison.Incomparable` or `Failure`.
    public init(_ a: String, _ b: String, tolerance: Double) async throws {
        let (first, second) = (try Self.records(in: a), try Self.records(in: b))
        if first.isSuite != second.isSuite {
            let (suite, run) = first.isSuite ? (a, b) : (b, a)
            throw Failure(description: "\(suite) is a folder of records, \(run) is one: name two of a kind")
        }
        let names = first.paths.keys.filter { second.paths[$0] != nil }.sorted()
        var runs: [(String, RunComparison)] = []
        for name in names {
            guard let before = first.paths[name], let after = second.paths[name] else { continue }
            // Both at once: reading is most of the work.
            async let a = Self.read(before)
            async let b = Self.read(after)
            runs.append((name, try RunComparison(await a, await b, tolerance: tolerance)))
        }
        self.runs = runs
        onlyInA = first.paths.keys.filter { second.paths[$0] == nil }.sorted()
        onlyInB = second.paths.keys.filter { first.paths[$0] == nil }.sorted()
    }

    @concurrent
    private static func read(_ path: String) async throws -> ComparedRecord { try ComparedRecord(path: path) }

    /// Scenarios that are missing on one side were decided differently in all they decide.
    public var decisionsDiffer: Bool {
        !onlyInA.isEmpty || !onlyInB.isEmpty || runs.contains { !$0.comparison.differences.isEmpty }
    }

    public var isWorse: Bool { runs.contains { $0.comparison.isWorse } }

    /// By the name of their folder. A single record has none: any two are compared.
    private static func records(in path: String) throws -> (paths: [String: String], isSuite: Bool) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(description: "\(path): there is no such file or folder")
        }
        guard isFolder.boolValue else { return (["": path], false) }
        let name = "record.sqlite"
        if FileManager.default.fileExists(atPath: "\(path)/\(name)") { return (["": "\(path)/\(name)"], false) }
        let folders = try FileManager.default.contentsOfDirectory(atPath: path)
        let paths = folders.filter { FileManager.default.fileExists(atPath: "\(path)/\($0)/\(name)") }
            .map { ($0, "\(path)/\($0)/\(name)") }
        guard !paths.isEmpty else {
            throw Failure(description: "\(path): there is no record.sqlite in it, nor in a folder of it")
        }
        return (Dictionary(paths) { first, _ in first }, true)
    }
}
