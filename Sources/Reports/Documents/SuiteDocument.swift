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
        JSONValue.object([
            "version": JSONValue(Self.version),
            "exit_status": JSONValue(Int(summary.status.rawValue)),
            "statuses": .array(summary.statuses.map(\.json)),
            "wall_microseconds": JSONValue(summary.wallDuration?.microseconds),
            "shard": summary.shard.map(Self.shard) ?? .null,
            "scenarios": .array(summary.entries.map(Self.scenario)),
        ]).text
    }

    private static func shard(_ shard: SuiteShard) -> JSONValue {
        .object([
            "number": JSONValue(shard.number), "count": JSONValue(shard.count),
            "suite": .array(shard.suite.map(JSONValue.string)),
        ])
    }

    private static func scenario(_ entry: SuiteSummary.Entry) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(entry.name), "path": .string(entry.path),
            "exit_status": JSONValue(Int(entry.status.rawValue)),
        ]
        switch entry {
        case .run(let run):
            members["statuses"] = .array(run.statuses.map(\.json))
            members["dispatches"] = JSONValue(run.overall.dispatches)
            members["wall_microseconds"] = JSONValue(run.header.wallDuration?.microseconds)
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
