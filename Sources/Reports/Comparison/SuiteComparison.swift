internal import Foundation

/// Two sides, scenario by scenario: suites, or runs, which are a suite of one each.
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
    ///   - a: each a record, the folder of one, or a folder of such folders; a run or a suite each.
    ///   - tolerance: see ``RunComparison``.
    /// - Throws: `StoreError`, `RunComparison.Incomparable` or `Failure`.
    public init(_ a: [String], _ b: [String], tolerance: Double) async throws {
        let (first, second) = (try Self.side(a), try Self.side(b))
        if first.isSuite != second.isSuite {
            let (suite, run) = first.isSuite ? (a, b) : (b, a)
            throw Failure(description: "\(suite[0]) is a folder of records, \(run[0]) is one: name things of a kind")
        }
        let names = first.paths.keys.filter { second.paths[$0] != nil }.sorted()
        var runs: [(String, RunComparison)] = []
        for name in names {
            // Both at once: reading is most of the work.
            async let before = Self.read(first.paths[name] ?? [])
            async let after = Self.read(second.paths[name] ?? [])
            runs.append((name, try RunComparison(await before, await after, tolerance: tolerance)))
        }
        self.runs = runs
        onlyInA = first.paths.keys.filter { second.paths[$0] == nil }.sorted()
        onlyInB = second.paths.keys.filter { first.paths[$0] == nil }.sorted()
    }

    @concurrent
    private static func read(_ paths: [String]) async throws -> [ComparedRecord] {
        try paths.map { try ComparedRecord(path: $0) }
    }

    /// Scenarios that are missing on one side were decided differently in all they decide.
    public var decisionsDiffer: Bool {
        !onlyInA.isEmpty || !onlyInB.isEmpty || runs.contains { !$0.comparison.differences.isEmpty }
    }

    public var isWorse: Bool { runs.contains { $0.comparison.isWorse } }

    /// The records of each scenario in all that is named on one side.
    private static func side(_ paths: [String]) throws -> (paths: [String: [String]], isSuite: Bool) {
        var records: [String: [String]] = [:]
        var isSuite: Bool?
        for path in paths {
            let found = try self.records(in: path)
            guard isSuite ?? found.isSuite == found.isSuite else {
                throw Failure(
                    description: "\(paths[0]) and \(path): one is a folder of records, the other is one record"
                )
            }
            isSuite = found.isSuite
            for (name, record) in found.paths { records[name, default: []].append(record) }
        }
        return (records, isSuite ?? false)
    }

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
