internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

/// `summary.json`, version 1: a run's summary for programs.
///
/// Times are RFC 3339 in UTC, lengths of time are integers whose unit ends their key. A statistic without a value is `null`, and
/// `without_value` says why. The keys that begin with `wall_` differ from run to run; everything else of a virtual run is
/// the same whenever it is repeated by the same build.
///
///     version, name, description, tags[], scenario_path, combination, scenario_sha256, seed, world, proves, speed, griddrill_version,
///     verdict, exit_status, statuses[{code, name}], starts_at, ends_at, simulated_microseconds,
///     wall_started_at, wall_microseconds, record_path, repeat_command,
///     expectations[{line, text, held, observed, explanation, verdict, known{issue, until, why, is_over} or null}],
///     checks[{number, name, examined, violation_count, violations[{at, message}]}],
///     decisions {approved_path, outcome, reason, difference_count, differences[{subject, change, count, approved_line}]},
///     overall {counts, latencies}, refused, dispatch_lag, programs[{id, name, …}], channels[{name, …}], incidents[{name, …}]
///
/// and, where the roster has groups, `groups`[{name, …}]; where the run's clock goes faster than the machine's, `latency_clocks` {speed, wall[], grid[]}, which names each latency as an expectation
/// does; where its world does not play all of the scenario, `unplayed`.
public struct SummaryDocument: Sendable {
    /// Goes up when a key is taken away or means something else; new keys may come without.
    public static let version = 1
    private let summary: RunSummary

    public init(_ summary: RunSummary) {
        self.summary = summary
    }

    /// The document, keys in alphabetical order.
    public var text: String { JSON.object(members).document(sortingKeys: true) }

    private var members: JSONObject {
        JSONObject(identity.members + outcome.members + figures.members + summary.header.latencyMembers.members)
    }

    private var identity: JSONObject {
        let header = summary.header
        return [
            "version": JSON(Self.version),
            "name": .string(header.name),
            "description": .string(header.description),
            "tags": .array(header.tags.map(JSON.string)),
            "scenario_path": .string(header.file),
            "combination": JSON(ScenarioPath(header.path).combination),
            "scenario_sha256": .string(header.scenarioSHA256),
            "seed": .unsigned(header.seed),
            "world": .string(header.world.rawValue),
            "proves": .string(header.world.proves),
            "speed": .number(header.speed),
            "griddrill_version": .string(header.version),
            "starts_at": .string(header.startsAt.iso8601),
            "ends_at": .string(header.endsAt.iso8601),
            "simulated_microseconds": .integer(summary.simulated.microseconds),
            "wall_started_at": .string(header.wallStartedAt.iso8601),
            "wall_microseconds": JSON(header.wallDuration?.microseconds),
            "record_path": .string(summary.recordPath),
            "repeat_command": .string(header.repeatCommand),
        ]
    }

    private var outcome: JSONObject {
        [
            "verdict": JSON(summary.header.verdict?.rawValue),
            "exit_status": JSON(Int(summary.status.rawValue)),
            "statuses": .array(summary.statuses.map(\.json)),
            "expectations": .array(summary.expectations.map(\.json)),
            "checks": .array(summary.checks.map(\.json)),
            "decisions": summary.comparedDecisions?.json ?? .null,
        ]
    }

    private var figures: JSONObject {
        var figures = labelled
        if !summary.groups.isEmpty { figures["groups"] = .array(summary.groups.map(\.named)) }
        return figures
    }

    private var labelled: JSONObject {
        [
            "overall": .object(summary.overall.members),
            "refused": JSON(summary.refused),
            "dispatch_lag": summary.dispatchLag.json,
            "programs": .array(
                summary.programs.map { program in
                    var members = program.group.members
                    members["id"] = JSON(Int64(program.label))
                    members["name"] = .string(program.name)
                    return .object(members)
                }
            ),
            "channels": .array(summary.channels.map(\.named)),
            "incidents": .array(summary.incidents.map(\.named)),
        ]
    }
}

extension RunHeader {
    fileprivate var latencyMembers: JSONObject {
        var members = JSONObject()
        if clockSpeed != 1 {
            members["latency_clocks"] = [
                "speed": .number(clockSpeed), "wall": Self.latencies(in: .wall), "grid": Self.latencies(in: .grid),
            ]
        }
        if !unplayed.isEmpty { members["unplayed"] = .array(unplayed.map(JSON.string)) }
        return members
    }

    /// As expectations write them; with the channel where it depends on that.
    private static func latencies(in clock: Latency.Clock) -> JSON {
        let names = Latency.allCases.flatMap { latency -> [String] in
            let methods = DispatchMethod.allCases.filter { latency.clock(by: $0) == clock }
            return methods.count == DispatchMethod.allCases.count
                ? [latency.rawValue] : methods.map { "\(latency.rawValue){channel:\($0.name)}" }
        }
        return .array(names.map(JSON.string))
    }
}

extension LabelledSummary {
    fileprivate var named: JSON {
        .object(JSONObject(group.members.members + [JSONObject.Member(key: "name", value: .string(name))]))
    }
}
