internal import Base
internal import DispatchStore

/// The suite's own JSON, `suite.json`: which statuses apply, and to which of its scenarios; ``SuiteIndex`` reads it. Version 1:
///
///     version, exit_status, statuses[{code, name}], wall_microseconds, shard{number, count, suite[path]} or null,
///     scenarios[{name, path, exit_status, statuses, dispatches, wall_microseconds, record_path, message}]
public struct SuiteDocument: Sendable {
    public static let version = 1
    private let summary: SuiteSummary

    public init(_ summary: SuiteSummary) {
        self.summary = summary
    }

    /// The document, keys in alphabetical order.
    public var text: String {
        JSON.object([
            "version": JSON(Self.version),
            "exit_status": JSON(Int(summary.status.rawValue)),
            "statuses": .array(summary.statuses.map(\.json)),
            "wall_microseconds": JSON(summary.wallDuration?.microseconds),
            "shard": summary.shard.map(Self.shard) ?? .null,
            "scenarios": .array(summary.entries.map(Self.scenario)),
        ]).document(sortingKeys: true)
    }

    private static func shard(_ shard: SuiteShard) -> JSON {
        .object([
            "number": JSON(shard.number), "count": JSON(shard.count),
            "suite": .array(shard.suite.map(JSON.string)),
        ])
    }

    private static func scenario(_ entry: SuiteSummary.Entry) -> JSON {
        var members: JSONObject = [
            "name": .string(entry.name), "path": .string(entry.path),
            "exit_status": JSON(Int(entry.status.rawValue)),
        ]
        switch entry {
        case .run(let run):
            members["statuses"] = .array(run.statuses.map(\.json))
            members["dispatches"] = JSON(run.overall.counts.dispatches)
            members["wall_microseconds"] = JSON(run.header.wallDuration?.microseconds)
            members["record_path"] = .string(run.recordPath)
            members["message"] = .null
        case .broken(let run):
            members["statuses"] = .array([run.status.json])
            members["dispatches"] = .null
            members["wall_microseconds"] = .null
            members["record_path"] = .null
            members["message"] = .string(run.message)
        }
        return .object(members)
    }
}
