internal import DemandResponse
internal import DispatchStore

/// The suite's own JSON: which statuses apply, and to which of its scenarios. Version 1:
///
///     version, exit_status, statuses[{code, name}], wall_microseconds,
///     scenarios[{name, path, exit_status, statuses, dispatches, record_path, message}]
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
            "scenarios": .array(summary.entries.map(Self.scenario)),
        ]).text
    }

    private static func scenario(_ entry: SuiteSummary.Entry) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(entry.name), "exit_status": JSONValue(Int(entry.status.rawValue)),
        ]
        switch entry {
        case .run(let run):
            members["path"] = .string(run.header.path)
            members["statuses"] = .array(run.statuses.map(\.json))
            members["dispatches"] = JSONValue(run.overall.dispatches)
            members["record_path"] = .string(run.recordPath)
            members["message"] = .null
        case .broken(let run):
            members["path"] = .string(run.path)
            members["statuses"] = .array([run.status.json])
            members["dispatches"] = .null
            members["record_path"] = .null
            members["message"] = .string(run.message)
        }
        return .object(members)
    }
}
